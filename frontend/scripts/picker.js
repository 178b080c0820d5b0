// A list of boxes becomes a search with chips; found without accents. The boxes stay what is sent.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

function chip(box, label, remove) {
  const made = document.createElement("span");
  made.className = "cs-chip";
  made.textContent = label;
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", `Bỏ ${label}`);
  button.textContent = "×";
  button.addEventListener("click", remove);
  made.append(button);
  return made;
}

function become(picker) {
  picker.dataset.ready = "";
  const chips = picker.querySelector("[data-picker-chips]");
  const search = picker.querySelector("[data-picker-search]");
  const list = picker.querySelector("[data-picker-options]");
  const options = [...list.children].map((row) => ({ row, box: row.querySelector("input"), label: row.textContent.trim() }));
  const show = () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    for (const { row, label } of options) row.hidden = !wanted.every((word) => plain(label).includes(word));
  };
  const open = (isOpen) => {
    list.hidden = !isOpen;
    list.classList.toggle("cs-options--open", isOpen);
    search.setAttribute("aria-expanded", String(isOpen));
  };
  const draw = () => {
    chips.querySelectorAll(".cs-chip").forEach((old) => old.remove());
    for (const { box, label } of options.filter((option) => option.box.checked)) {
      search.before(chip(box, label, () => {
        box.checked = false;
        draw();
        search.focus();
      }));
    }
  };
  chips.hidden = false;
  open(false);
  draw();
  search.addEventListener("focus", () => open(true));
  search.addEventListener("input", () => {
    show();
    open(true);
  });
  search.addEventListener("keydown", (event) => {
    const shown = options.filter(({ row }) => !row.hidden);
    if (event.key === "Enter" && search.value && shown.length) {
      event.preventDefault();
      shown[0].box.checked = !shown[0].box.checked;
      search.value = "";
      show();
      draw();
    } else if (event.key === "Enter") event.preventDefault();
    else if (event.key === "ArrowDown") shown[0]?.box.focus();
    else if (event.key === "Escape") open(false);
  });
  list.addEventListener("change", () => {
    search.value = "";
    show();
    draw();
  });
  // A press on a label would take the focus from the search, which closes the list under the pointer.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  picker.addEventListener("focusout", (event) => !picker.contains(event.relatedTarget) && open(false));
}

export function watchPickers() {
  const all = () => document.querySelectorAll("[data-picker]:not([data-ready])").forEach(become);
  all();
  // What htmx brings in later has pickers too.
  document.addEventListener("htmx:after:swap", all);
}
