// The copy of an unsent draft on this machine: written when the line is lost, gone when the server has it.
const PREFIX = "congso-draft ";

/** One copy for each form and each position, so that the next officer at this machine is not offered it. */
const nameOf = (form) => PREFIX + new URL(form.action).pathname + " " + (form.elements.namedItem("as_position")?.value ?? "");

export function keepHere(form, fields) {
  try {
    localStorage.setItem(nameOf(form), JSON.stringify(fields));
    return true;
  } catch {
    return false;
  }
}

export function keptHere(form) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(form)));
  } catch {
    return null;
  }
}

export function forget(form) {
  try {
    localStorage.removeItem(nameOf(form));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
