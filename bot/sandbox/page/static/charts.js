// data_visualization: pie, bar, line and area, as plain SVG with its numbers as a table for screen readers.
import { h, svg } from "./dom.js";

const COLOURS = ["#1264a3", "#2eb67d", "#ecb22e", "#e01e5a", "#7c3085", "#36c5f0"];
const WIDTH = 480, HEIGHT = 230, LEFT = 44, BOTTOM = 190, TOP = 12;

const say = (number) => Number(number).toLocaleString("en-GB");

export function chart(block) {
  const { chart: spec, title } = block;
  const series = spec.type === "pie" ? [{ name: title, data: spec.segments }] : spec.series;
  const drawn = spec.type === "pie" ? pie(spec.segments) : plot(spec, series);
  const names = spec.type === "pie" ? spec.segments.map(({ label }) => label) : series.map(({ name }) => name);
  return h("figure", { class: "chart" }, h("figcaption", { class: "chart-title" }, title), drawn,
    h("div", { class: "chart-legend", "aria-hidden": "true" }, names.map((name, index) => h("span", {}, h("i", { style: { background: COLOURS[index % 6] } }), name))),
    numbers(series, title));
}

function numbers(series, title) {
  return h("table", { class: "visually-hidden" }, h("caption", {}, title), h("tbody", {}, series.flatMap(({ name, data }) =>
    data.map(({ label, value }) => h("tr", {}, h("th", { scope: "row" }, `${name}: ${label}`), h("td", {}, say(value)))))));
}

function pie(segments) {
  const total = segments.reduce((sum, { value }) => sum + value, 0) || 1;
  let from = -Math.PI / 2;
  const slices = segments.map(({ label, value }, index) => {
    const to = from + (value / total) * Math.PI * 2;
    const point = (angle) => `${110 + 90 * Math.cos(angle)} ${110 + 90 * Math.sin(angle)}`;
    const path = value === total ? "M110 20a90 90 0 1 1-.01 0z" : `M110 110L${point(from)}A90 90 0 ${to - from > Math.PI ? 1 : 0} 1 ${point(to)}Z`;
    from = to;
    return svg("path", { d: path, fill: COLOURS[index % 6], class: "slice" }, svg("title", {}, `${label}: ${say(value)}`));
  });
  return svg("svg", { viewBox: "0 0 220 220", class: "chart-svg pie", "aria-hidden": "true" }, slices);
}

function plot(spec, series) {
  const { axis_config } = spec, labels = axis_config.categories;
  const value = (one, label) => one.data.find((point) => point.label === label)?.value ?? 0;
  const top = niceTop(Math.max(1, ...series.flatMap(({ data }) => data.map((point) => point.value))));
  const step = (WIDTH - LEFT - 8) / labels.length;
  const x = (index) => LEFT + step * (index + 0.5);
  const y = (number) => BOTTOM - (number / top) * (BOTTOM - TOP);
  const marks = spec.type === "bar" ? bars(series, labels, value, x, y, step) : lines(spec.type, series, labels, value, x, y);
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart-svg", "aria-hidden": "true" }, grid(top, y), marks,
    labels.map((label, index) => svg("text", { x: x(index), y: BOTTOM + 18, "text-anchor": "middle", class: "tick" }, label)),
    axis_config.x_label ? svg("text", { x: (LEFT + WIDTH) / 2, y: BOTTOM + 36, "text-anchor": "middle", class: "tick" }, axis_config.x_label) : null);
}

function niceTop(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((one) => one * power).find((one) => one >= most);
}

const grid = (top, y) => [0, 0.25, 0.5, 0.75, 1].map((part) => svg("g", {},
  svg("line", { x1: LEFT, x2: WIDTH - 8, y1: y(top * part), y2: y(top * part), class: "gridline" }),
  svg("text", { x: LEFT - 6, y: y(top * part) + 4, "text-anchor": "end", class: "tick" }, say(top * part))));

function bars(series, labels, value, x, y, step) {
  const wide = Math.min(34, (step * 0.7) / series.length);
  return series.flatMap((one, which) => labels.map((label, index) => {
    const high = y(value(one, label));
    return svg("rect", { x: x(index) + (which - series.length / 2) * wide + 1, y: high, width: wide - 2, height: BOTTOM - high, rx: 2, fill: COLOURS[which % 6] },
      svg("title", {}, `${one.name}, ${label}: ${say(value(one, label))}`));
  }));
}

function lines(type, series, labels, value, x, y) {
  return series.map((one, which) => {
    const points = labels.map((label, index) => `${x(index)},${y(value(one, label))}`);
    const colour = COLOURS[which % 6];
    const under = `${x(0)},${BOTTOM} ${points.join(" ")} ${x(labels.length - 1)},${BOTTOM}`;
    return svg("g", {}, type === "area" ? svg("polygon", { points: under, fill: colour, opacity: 0.3 }) : null,
      svg("polyline", { points: points.join(" "), fill: "none", stroke: colour, "stroke-width": 2.5 }, svg("title", {}, one.name)));
  });
}
