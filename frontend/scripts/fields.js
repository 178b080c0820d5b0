// Helps at fields: counts, the weekday of a typed day, the way to what must be mended, chosen files by name.
const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
const MEGABYTE = 1e6;

function showCount(place) {
  const field = document.getElementById(place.dataset.countFor);
  if (!field) return;
  const show = () => {
    const length = field.value.normalize("NFC").length;
    place.textContent = field.maxLength > 0 ? `${length} / ${field.maxLength}` : `${length}`;
  };
  field.addEventListener("input", show);
  show();
}

/** The day that was typed, as 8/12, 08/12/2023 or 081223; null if the calendar has none such. */
export function typedDay(text, today) {
  const packed = /^(\d\d)(\d\d)(\d\d|\d{4})?$/.exec(text);
  const parts = (packed ? packed.slice(1).filter(Boolean) : text.split(/[/.\-\s]+/).filter(Boolean)).map(Number);
  if (parts.length < 2 || parts.length > 3 || parts.some(Number.isNaN)) return null;
  const [day, month, given = today.getFullYear()] = parts;
  const year = given < 100 ? 2000 + given : given;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : null;
}

function sayWeekday(field) {
  const place = document.createElement("p");
  place.className = "cs-after";
  place.setAttribute("aria-live", "polite");
  field.after(place);
  const show = () => {
    const day = field.value ? typedDay(field.value.trim(), new Date()) : null;
    if (!field.value) place.textContent = "";
    else if (!day) place.textContent = "Chưa phải một ngày trong lịch";
    else place.textContent = `${WEEKDAYS[day.getDay()]}, ${day.toLocaleDateString("vi-VN")}`;
  };
  field.addEventListener("input", show);
  show();
}

function nameFiles(input) {
  const place = input.closest(".cs-field")?.querySelector("[data-chosen]");
  if (!place) return;
  place.replaceChildren(...[...input.files].map((file) => {
    const row = document.createElement("div");
    row.className = "cs-file";
    const name = document.createElement("span");
    name.className = "cs-file__n";
    name.textContent = file.name;
    const size = document.createElement("span");
    size.className = "cs-file__m";
    size.textContent = `${(file.size / MEGABYTE).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB · sẽ gửi cùng biểu mẫu`;
    row.append(document.createElement("span"), name, document.createElement("span"), size);
    return row;
  }));
}

export function watchFields() {
  document.querySelectorAll("[data-count-for]").forEach(showCount);
  document.querySelectorAll("[data-date]").forEach(sayWeekday);
  document.querySelector("[data-errors]")?.focus();
  document.addEventListener("change", (event) => event.target.matches("[data-drop] input") && nameFiles(event.target));
  for (const kind of ["dragenter", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.toggle("is-over", kind === "dragenter"));
  }
  document.addEventListener("submit", (event) => {
    const filter = event.target.closest(".cs-filter");
    if (filter && matchMedia("(max-width: 767px)").matches && filter.querySelector(".cs-filter__more") && !filter.matches(".is-open")) {
      const search = filter.querySelector("input[type=search], input[type=text]");
      if (search && search.value !== search.defaultValue) return;
      event.preventDefault();
      filter.classList.add("is-open");
    }
  });
}
