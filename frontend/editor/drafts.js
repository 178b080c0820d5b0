// The copy of an unsent draft on this machine: written when the line is lost, gone when the server has it.
const PREFIX = "congso-draft ";
const MAX_DAYS = 30;
const DAY_MS = 86_400_000;

/** One copy for each address and each position, so that the next officer at this machine is not offered it. */
const nameOf = (form) => (form.dataset.draftName ??= `${PREFIX}${location.pathname} ${form.elements.namedItem("as_position")?.value ?? ""}`);

function withStorage(act, otherwise = null) {
  try {
    return act(localStorage);
  } catch {
    // Private windows and full disks keep nothing.
    return otherwise;
  }
}

// A line that is a secrecy stamp, in plain text or as a paragraph of the editor: of such a paper nothing is kept here.
const STAMP = /(?:^|\n|"text":")[^\p{L}\n]*(?:(?:TỐI|TUYỆT)\s*)?MẬT[^\p{L}\n]*(?:$|\n|",?)/u;
export const hasStamp = (fields) => fields.some(([, value]) => STAMP.test(value.normalize("NFC").replace(/\r/g, "")));

export function keepHere(form, fields) {
  if (hasStamp(fields)) return false;
  return withStorage((storage) => {
    storage.setItem(nameOf(form), JSON.stringify({ at: Date.now(), fields }));
    return true;
  }, false);
}

export const forget = (form) => withStorage((storage) => storage.removeItem(nameOf(form)));

/** What is kept for this form and differs from what the server gave; copies that nobody came back for are dropped. */
export function keptHere(form, given) {
  return withStorage((storage) => {
    for (const name of Object.keys(storage)) {
      if (name.startsWith(PREFIX) && JSON.parse(storage.getItem(name)).at < Date.now() - MAX_DAYS * DAY_MS) storage.removeItem(name);
    }
    const kept = JSON.parse(storage.getItem(nameOf(form)));
    if (!kept) return null;
    if (plain(kept.fields) !== plain(given)) return kept.fields;
    storage.removeItem(nameOf(form));
    return null;
  });
}

const isDefault = (name, value) => value === null || (value === 1 && ["colspan", "rowspan", "start"].includes(name));
const isBare = (value) => value === null || (typeof value === "object" && Object.keys(value).length === 0);

/** The fields as one text; trees without what the editor writes and the server leaves out. */
function plain(fields) {
  const trimmed = (json) => {
    try {
      return JSON.stringify(JSON.parse(json, (name, value) => (isDefault(name, value) || (name === "attrs" && isBare(value)) ? undefined : value)));
    } catch {
      return json;
    }
  };
  return JSON.stringify(fields.filter(([, value]) => value).map(([name, value]) => [name, value.startsWith("{") ? trimmed(value) : value.replace(/\r\n/g, "\n")]));
}
