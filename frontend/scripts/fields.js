// Helps at fields: counts, the way to what must be mended, chosen files by name.
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
