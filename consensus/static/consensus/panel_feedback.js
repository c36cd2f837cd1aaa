// The group's answers of the round before: drawn, and said in words.
const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, TOP, FOOT] = [300, 92, 14, 72]; // of the drawing; bars stand on FOOT

const fraction = (text) => text.split("/").map(Number).concat(1).slice(0, 2);
const number = (text) => { const [over, under] = fraction(text); return over / under; };
export const shown = (text) => number(text).toFixed(2).replace(/\.?0+$/, "");

// Whether the class of `score`, [score − ½, score + ½], lies beside [Q1, Q3]. Exact: no decimals.
export function isOutside(score, item) {
  if (score === null || item.q1 === null) return false;
  const [[q1, q1Under], [q3, q3Under]] = [fraction(item.q1), fraction(item.q3)];
  return (2 * score + 1) * q1Under < 2 * q1 || (2 * score - 1) * q3Under > 2 * q3;
}

export function inWords(item, texts, scale) {
  const own = item.own_rating === null ? texts.no_last : fill(texts.last, { n: item.own_rating, words: scale[item.own_rating - 1].text });
  if (item.median === null) return [fill(texts.too_few, item), own];
  const [median, q1, q3, iqr] = [item.median, item.q1, item.q3, item.iqr].map(shown);
  return [fill(texts.group, { n: item.n, median, q1, q3, iqr }), own];
}

export function ofGroup(group, texts) {
  const [median, q1, q3] = [group.median, group.q1, group.q3].map(shown);
  return fill(texts.of_group, { name: group.name || texts.no_group, n: group.n, median, q1, q3 });
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Bars for how many chose each score, a band from Q1 to Q3, a line at the median, a mark for me.
export function draw(item, label) {
  const points = item.distribution.length;
  const step = WIDTH / points;
  const x = (value) => (value - 0.5) * step;
  const most = Math.max(...item.distribution, 1);
  const drawing = add(null, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label, class: "drawing" });
  add(drawing, "rect", { x: x(number(item.q1)), y: TOP - 6, width: Math.max(x(number(item.q3)) - x(number(item.q1)), 1), height: FOOT - TOP + 6, class: "band" });
  item.distribution.forEach((count, place) => {
    const height = ((FOOT - TOP - 8) * count) / most;
    const middle = x(place + 1);
    const wide = Math.min(step * 0.55, 34);
    add(drawing, "rect", { x: middle - wide / 2, y: FOOT - height, width: wide, height, class: "bar" });
    const isLabelled = points <= 11 || [1, points].includes(place + 1);
    if (points <= 11 && count) add(drawing, "text", { x: middle, y: FOOT - height - 3, class: "count" }, count);
    if (isLabelled) add(drawing, "text", { x: Math.min(Math.max(middle, 6), WIDTH - 12), y: HEIGHT - 4, class: place + 1 === item.own_rating ? "mine" : "score" }, place + 1);
  });
  add(drawing, "line", { x1: 0, x2: WIDTH, y1: FOOT, y2: FOOT, class: "ground" });
  add(drawing, "line", { x1: x(number(item.median)), x2: x(number(item.median)), y1: TOP - 8, y2: FOOT, class: "median" });
  if (item.own_rating !== null) {
    const middle = x(item.own_rating);
    if (points > 11) add(drawing, "circle", { cx: middle, cy: FOOT + 8, r: 5, class: "ring full" });
    else add(drawing, "circle", { cx: middle, cy: HEIGHT - 9, r: 8, class: "ring" });
  }
  drawing.append(...drawing.querySelectorAll("text")); // above the lines
  return drawing;
}

function add(parent, name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent?.append(made);
  return made;
}
