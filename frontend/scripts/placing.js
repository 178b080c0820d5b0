// Boxes over the pages of a PDF: dragged, put where one clicks, moved by arrow keys. The form's numbers are what counts.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 10;

const sheets = [...document.querySelectorAll("[data-page]")];
const form = document.querySelector("[data-places]");
const fieldOf = (name, part) => form.elements.namedItem(`${name}_${part}`);
const tenth = (millimetres) => Math.round(millimetres * 10) / 10;
let chosen = null;

/** The point of a click on a page, in its millimetres. */
function pointOn(sheet, event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
  return [point.x, point.y];
}

function sizeOf(box) {
  return [Number(box.dataset.width), Number(box.dataset.height)];
}

function choose(box) {
  chosen?.classList.remove("cs-place--chosen");
  chosen = box;
  box?.classList.add("cs-place--chosen");
}

/** Let the box stand there, within the page. */
function put(box, sheet, left, top) {
  const { width, height } = sheet.viewBox.baseVal;
  const [wide, high] = sizeOf(box);
  const [x, y] = [tenth(Math.min(Math.max(left, 0), width - wide)), tenth(Math.min(Math.max(top, 0), height - high))];
  if (box.parentNode !== sheet) sheet.append(box);
  box.setAttribute("transform", `translate(${x} ${y})`);
  for (const [part, value] of [["page", sheet.dataset.page], ["left", x], ["top", y]]) fieldOf(box.dataset.box, part).value = value;
}

const cornerOf = (box) => ["left", "top"].map((part) => Number(fieldOf(box.dataset.box, part).value));

function drag(box, event) {
  const [x, y] = pointOn(box.parentNode, event);
  const [left, top] = cornerOf(box);
  const move = (moved) => {
    const sheet = sheets.find((one) => one.getBoundingClientRect().bottom >= moved.clientY) ?? box.parentNode;
    const [nowX, nowY] = pointOn(sheet, moved);
    put(box, sheet, nowX - (x - left), nowY - (y - top));
  };
  const end = () => removeEventListener("pointermove", move);
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
  addEventListener("pointercancel", end, { once: true });
}

function step(box, event) {
  const by = STEPS[event.key];
  if (!by) return;
  event.preventDefault();
  const far = event.shiftKey ? FAR : 1;
  const [left, top] = cornerOf(box);
  put(box, box.parentNode, left + by[0] * far, top + by[1] * far);
}

for (const box of document.querySelectorAll("[data-box]")) {
  box.addEventListener("focus", () => choose(box));
  box.addEventListener("keydown", (event) => step(box, event));
  box.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    box.focus();
    drag(box, event);
  });
}
for (const sheet of sheets) {
  sheet.addEventListener("click", (event) => {
    if (!chosen || event.target.closest("[data-box]")) return;
    const [x, y] = pointOn(sheet, event);
    const [wide, high] = sizeOf(chosen);
    put(chosen, sheet, x - wide / 2, y - high / 2);
  });
}
form.addEventListener("change", ({ target }) => {
  const name = target.name.split("_")[0];
  const box = document.querySelector(`[data-box="${name}"]`);
  const sheet = sheets[Number(fieldOf(name, "page").value) - 1];
  if (box && sheet) put(box, sheet, ...cornerOf(box));
});
form.addEventListener("focusin", ({ target }) => choose(document.querySelector(`[data-box="${target.name?.split("_")[0]}"]`)));
