// A typed day says its weekday and the working days left; the server knows the calendar.
const PAUSE_MS = 250;

function explain(field, address) {
  field.dataset.ready = "";
  const place = document.createElement("p");
  place.className = "cs-after";
  place.setAttribute("aria-live", "polite");
  field.after(place);
  let timer = 0;
  const ask = async () => {
    const asked = field.value.trim();
    const answer = asked ? await fetch(`${address}?ngay=${encodeURIComponent(asked)}`).catch(() => null) : null;
    if (field.value.trim() === asked) place.textContent = answer?.ok && !answer.redirected ? await answer.text() : "";
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  if (field.value) ask();
}

export function watchDays(address) {
  const all = () => document.querySelectorAll("[data-date]:not([data-ready])").forEach((field) => explain(field, address));
  all();
  document.addEventListener("htmx:after:swap", all);
}
