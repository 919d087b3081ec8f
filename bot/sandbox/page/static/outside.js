// The colours that were chosen on the workspace's page; and what was just done is where the reader is.
const theme = localStorage.getItem("theme") ?? "auto";
if (theme !== "auto") document.documentElement.dataset.theme = theme;
if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.focus();
