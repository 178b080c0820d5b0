// The row of acts above the page: words on every button, one stop for the Tab key, arrows within, Alt+F10 to come here.
import { Plugin } from "prosemirror-state";
import { acts, blocks, isInTable, tableActs } from "./commands.js";
import { chosenPicture, describer, pictureActs } from "./pictures.js";

function button(view, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-s cs-ed__act";
  made.textContent = act.label;
  if (act.key) {
    made.title = `${act.label} (${act.key})`;
    made.setAttribute("aria-keyshortcuts", act.key.replace("Ctrl", "Control"));
  }
  // Pressing must not take the cursor out of the page.
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    act.run(view.state, view.dispatch, view);
    view.focus();
  });
  return made;
}

function chooser(view) {
  const made = document.createElement("select");
  made.className = "form-select cs-ed__kind";
  made.setAttribute("aria-label", "Kiểu đoạn");
  made.append(...blocks.map(({ label }, place) => new Option(label, place)));
  made.addEventListener("change", () => {
    blocks[made.value].run(view.state, view.dispatch);
    view.focus();
  });
  return made;
}

function group(label, items) {
  const made = document.createElement("div");
  made.className = "cs-ed__group";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", label);
  made.append(...items);
  return made;
}

const STOPS = "select, button, input";

class Toolbar {
  constructor(view) {
    this.view = view;
    this.kind = chooser(view);
    const drawn = (some) => Object.values(some).map((act) => ({ act, made: button(view, act) }));
    const [main, table, picture] = [drawn(acts), drawn(tableActs), drawn(pictureActs)];
    this.items = [...main, ...table, ...picture];
    this.words = describer(view);
    this.tableGroup = group("Bảng", table.map(({ made }) => made));
    this.pictureGroup = group("Ảnh", [...picture.map(({ made }) => made), this.words]);
    this.dom = document.createElement("div");
    this.dom.className = "cs-ed__bar";
    this.dom.setAttribute("role", "toolbar");
    this.dom.setAttribute("aria-label", "Định dạng nội dung");
    this.dom.append(group("Chữ và đoạn", [this.kind, ...main.map(({ made }) => made)]), this.tableGroup, this.pictureGroup);
    this.dom.addEventListener("keydown", (event) => this.move(event));
    this.dom.addEventListener("focusin", (event) => this.stopAt(event.target));
    this.stopAt(this.kind);
    view.dom.before(this.dom);
    this.update(view);
  }

  get stops() {
    return [...this.dom.querySelectorAll(STOPS)].filter((stop) => !stop.closest("[hidden]"));
  }

  stopAt(chosen) {
    for (const stop of this.dom.querySelectorAll(STOPS)) stop.tabIndex = stop === chosen ? 0 : -1;
  }

  move(event) {
    if (event.key === "Escape") this.view.focus();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    const { stops } = this;
    const next = event.key === "Home" ? 0 : event.key === "End" ? stops.length - 1 : (stops.indexOf(event.target) + step + stops.length) % stops.length;
    stops[next].focus();
  }

  update(view) {
    const { state } = view;
    const place = blocks.findIndex(({ on }) => on(state));
    this.kind.selectedIndex = place;
    for (const { act, made } of this.items) {
      if (act.on) made.setAttribute("aria-pressed", String(act.on(state)));
      made.setAttribute("aria-disabled", String(!act.run(state)));
    }
    const picture = chosenPicture(state);
    if (picture && document.activeElement !== this.words) this.words.value = picture.node.attrs.alt;
    this.show(this.tableGroup, isInTable(state));
    this.show(this.pictureGroup, Boolean(picture));
  }

  show(some, isWanted) {
    some.hidden = !isWanted;
    if (isWanted) return;
    if (some.contains(document.activeElement)) this.view.focus();
    if (some.querySelector('[tabindex="0"]')) this.stopAt(this.kind);
  }

  focus() {
    this.dom.querySelector('[tabindex="0"]').focus();
    return true;
  }

  destroy() {
    this.dom.remove();
  }
}

export function toolbar() {
  let bar;
  return new Plugin({
    view: (view) => (bar = new Toolbar(view)),
    props: { handleKeyDown: (_view, event) => event.altKey && event.key === "F10" && bar.focus() },
  });
}
