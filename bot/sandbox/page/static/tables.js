// table and data_table.
import { h } from "./dom.js";
import { richTextNodes } from "./rich_text.js";

const cellText = (cell) => {
  if (cell.type === "rich_text") return JSON.stringify(cell.elements).match(/"text":"([^"]*)"/g)?.map((one) => one.slice(8, -1)).join("") ?? "";
  return String(cell.text ?? cell.value ?? "");
};
const cellNodes = (cell) => (cell.type === "rich_text" ? richTextNodes(cell) : cellText(cell));
const isNumber = (cell) => cell.type === "raw_number";

export function plainTable(block) {
  const settings = block.column_settings ?? [];
  const row = (tag) => (cells) => h("tr", {}, cells.map((cell, index) => h(tag, {
    class: settings[index]?.is_wrapped ? "wrapped" : null, style: { textAlign: settings[index]?.align ?? (isNumber(cell) ? "right" : "left") },
  }, cellNodes(cell))));
  const [head, ...body] = block.rows;
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", { class: "table" }, h("thead", {}, row("th")(head)), h("tbody", {}, body.map(row("td")))));
}

function compare(a, b) {
  const [x, y] = [a, b].map((cell) => (isNumber(cell) ? Number(cell.value ?? cell.text) : cellText(cell)));
  return typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true });
}

/** Sorting, a filter and pages, all in the reader's own browser. */
export function dataTable(block) {
  const [head, ...rows] = block.rows;
  const view = { block, head, rows, sort: null, down: false, page: 0, words: "", size: block.page_size ?? 5 };
  view.head_row = h("tr");
  view.body = h("tbody");
  view.foot = h("div", { class: "table-foot" });
  const filter = h("input", { class: "input table-filter", type: "search", placeholder: "Filter", "aria-label": `Filter ${block.caption}`,
    oninput: (event) => { view.words = event.currentTarget.value.toLowerCase(); view.page = 0; drawData(view); } });
  drawData(view);
  return h("div", { class: "data-table" }, h("div", { class: "table-top" }, h("span", { class: "table-caption" }, block.caption), rows.length > view.size ? filter : null),
    h("div", { class: "table-scroll" }, h("table", { class: "table" }, h("caption", { class: "visually-hidden" }, block.caption), h("thead", {}, view.head_row), view.body)), view.foot);
}

function drawData(view) {
  const found = view.rows.filter((row) => row.some((cell) => cellText(cell).toLowerCase().includes(view.words)));
  if (view.sort !== null) found.sort((a, b) => compare(a[view.sort], b[view.sort]) * (view.down ? -1 : 1));
  const pages = Math.max(1, Math.ceil(found.length / view.size));
  const rowHead = view.block.row_header_column_index ?? 0;
  view.head_row.replaceChildren(...view.head.map((cell, index) => headCell(view, cell, index)));
  view.body.replaceChildren(...found.slice(view.page * view.size, (view.page + 1) * view.size).map((row) =>
    h("tr", {}, row.map((cell, index) => h(index === rowHead ? "th" : "td", { scope: index === rowHead ? "row" : null, style: { textAlign: isNumber(cell) ? "right" : "left" } }, cellNodes(cell))))));
  const turn = (label, step) => h("button", { class: "button small", type: "button", disabled: view.page + step < 0 || view.page + step >= pages, onclick: () => { view.page += step; drawData(view); } }, label);
  view.foot.replaceChildren(...(pages > 1 ? [turn("Previous", -1), h("span", {}, `${view.page + 1} of ${pages}`), turn("Next", 1)] : []));
}

function headCell(view, cell, index) {
  const on = view.sort === index;
  const sort = () => {
    view.down = on && !view.down;
    view.sort = index;
    drawData(view);
    view.head_row.children[index].querySelector("button").focus();
  };
  const align = view.rows[0] && isNumber(view.rows[0][index]) ? "right" : "left";
  return h("th", { scope: "col", style: { textAlign: align }, "aria-sort": on ? (view.down ? "descending" : "ascending") : "none" },
    h("button", { class: "sort", type: "button", onclick: sort }, cellText(cell), h("span", { "aria-hidden": "true" }, on ? (view.down ? " ↓" : " ↑") : "")));
}
