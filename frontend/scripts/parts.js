// Parts that come by themselves or when they are opened, on the pages that are too heavy to carry htmx as well.
// Of its words only these: hx-get with hx-trigger "load" or "toggle once", and hx-target "find …".
async function fetchPart(place) {
  const wanted = place.getAttribute("hx-target")?.replace(/^find /, "");
  const target = wanted ? place.querySelector(wanted) : place;
  const answer = await fetch(place.getAttribute("hx-get"), { headers: { "HX-Request": "true" } }).catch(() => null);
  // Without an answer the plain link stays.
  if (answer?.ok && !answer.redirected) target.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
}

export function watchParts() {
  for (const place of document.querySelectorAll("[hx-get]")) {
    if (place.getAttribute("hx-trigger") === "load") fetchPart(place);
    else place.addEventListener("toggle", () => fetchPart(place), { once: true });
  }
}
