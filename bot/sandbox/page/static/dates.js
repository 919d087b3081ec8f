// Times as the person acted reads them: their zone, their language. Seconds since 1970 everywhere.

let zone = "UTC";
let locale = "en-GB";
let present = 0;

export function readAs(person, now) {
  zone = person.tz || "UTC";
  locale = (person.locale || "en-GB").replace("_", "-");
  present = now;
}

function say(seconds, options, inZone = zone) {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone: inZone, ...options }).format(new Date(seconds * 1000));
  } catch {
    return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(new Date(seconds * 1000));
  }
}

export const clock = (seconds) => say(seconds, { hour: "numeric", minute: "2-digit" });
export const whole = (seconds, inZone = zone) =>
  say(seconds, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" }, inZone);
export const dayKey = (seconds) => say(seconds, { year: "numeric", month: "2-digit", day: "2-digit" });

const DUTCH = { today: "vandaag", yesterday: "gisteren", tomorrow: "morgen" };

function nearDay(seconds) {
  const near = [["today", 0], ["yesterday", -86400], ["tomorrow", 86400]];
  const word = near.find(([, shift]) => dayKey(seconds) === dayKey(present + shift))?.[0];
  return word && (locale.startsWith("nl") ? DUTCH[word] : word);
}

export function dayTitle(seconds) {
  const near = nearDay(seconds);
  if (near) return near[0].toUpperCase() + near.slice(1);
  return say(seconds, { weekday: "long", day: "numeric", month: "long" });
}

function ago(seconds) {
  const steps = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const gap = seconds - present;
  const [unit, size] = steps.find(([, one]) => Math.abs(gap) >= one) ?? steps.at(-1);
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(gap / size), unit);
}

const TOKENS = {
  date_num: (s) => say(s, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (s) => say(s, { year: "numeric", month: "long", day: "numeric" }),
  date_short: (s) => say(s, { year: "numeric", month: "short", day: "numeric" }),
  date_long: (s) => say(s, { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  date_pretty: (s) => nearDay(s) ?? TOKENS.date(s),
  date_short_pretty: (s) => nearDay(s) ?? TOKENS.date_short(s),
  date_long_pretty: (s) => nearDay(s) ?? TOKENS.date_long(s),
  day_divider_pretty: (s) => nearDay(s) ?? TOKENS.date_long(s),
  time: clock,
  time_secs: (s) => say(s, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

/** "{date_short} at {time}" → words; an unknown token stays as written. */
export const fillTokens = (format, seconds) =>
  format.replace(/\{(\w+)\}/g, (whole_, token) => TOKENS[token]?.(seconds) ?? whole_);

// ---- a date and time as typed in the person's zone ↔ seconds
function fields(seconds) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).formatToParts(new Date(seconds * 1000));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

export function toLocalInput(seconds) {
  const { year, month, day, hour, minute } = fields(seconds);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** null for an empty field (which Date.parse would take for the year 2000), or half a one. */
export function fromLocalInput(text) {
  if (!text) return null;
  const wanted = Date.parse(`${text}:00Z`) / 1000;
  if (Number.isNaN(wanted)) return null;
  // Two rounds settle it around a change to or from summer time.
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - Date.parse(`${toLocalInput(guess)}:00Z`) / 1000;
  return guess;
}
