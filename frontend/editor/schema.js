// The tree of a paper's body: the same names and attributes that the server takes (modules/documents/body.py).
import { Schema } from "prosemirror-model";

/** Where the pictures of this page are kept; set when the editor begins. */
export const pictures = { addressOf: () => "" };

/** Widths on paper, in millimetres; what lies between is shown as the next larger. */
export const SIZES = [["Nhỏ", 60], ["Vừa", 110], ["Rộng", 160]];
const sizeOf = (width) => SIZES.findIndex(([, most]) => width <= most);

const spans = (dom) => ({ colspan: Number(dom.getAttribute("colspan") || 1), rowspan: Number(dom.getAttribute("rowspan") || 1) });
const cell = (tag, role) => ({
  content: "(paragraph | bulletList | orderedList | image)+",
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  tableRole: role,
  isolating: true,
  parseDOM: [{ tag, getAttrs: spans }],
  toDOM: ({ attrs: { colspan, rowspan } }) => [tag, { ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }) }, 0],
});

export const schema = new Schema({
  nodes: {
    doc: { content: "(paragraph | heading | bulletList | orderedList | table | image)+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      content: "inline*",
      group: "block",
      attrs: { level: { default: 1 } },
      defining: true,
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(level, 3) } })),
      // The page's own title is h1, so a paper's headings begin one below.
      toDOM: ({ attrs: { level } }) => [`h${level + 1}`, 0],
    },
    bulletList: { content: "listItem+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    orderedList: {
      content: "listItem+",
      group: "block",
      attrs: { start: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Math.min(Math.max(dom.start || 1, 1), 9999) }) }],
      toDOM: ({ attrs: { start } }) => ["ol", start > 1 ? { start } : {}, 0],
    },
    listItem: { content: "paragraph (paragraph | bulletList | orderedList)*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    table: { content: "tableRow+", group: "block", tableRole: "table", isolating: true, parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]] },
    tableRow: { content: "(tableCell | tableHeader)+", tableRole: "row", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
    tableCell: cell("td", "cell"),
    tableHeader: cell("th", "header_cell"),
    image: {
      group: "block",
      atom: true,
      attrs: { sha256: {}, width: { default: 160 }, alt: { default: "" } },
      parseDOM: [{ tag: "img[data-sha256]", getAttrs: (dom) => /^[0-9a-f]{64}$/.test(dom.dataset.sha256) && { sha256: dom.dataset.sha256, width: Number(dom.dataset.width) || 160, alt: dom.alt } }],
      toDOM: ({ attrs: { sha256, width, alt } }) => ["img", { src: pictures.addressOf(sha256), alt, class: `cs-ed__img cs-ed__img--${sizeOf(width)}`, "data-sha256": sha256, "data-width": width }],
    },
    hardBreak: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    text: { group: "inline" },
  },
  marks: {
    bold: {
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: () => ["strong", 0],
    },
    italic: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    underline: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
  },
});

/** A tree of one paragraph for each line that is not blank. */
export function fromText(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const paragraphs = (lines.length ? lines : [""]).map((line) => schema.node("paragraph", null, line ? schema.text(line) : null));
  return schema.node("doc", null, paragraphs);
}

/** The tree that the hidden field holds; null if it holds none that this editor knows. */
export function fromJson(json) {
  try {
    const tree = JSON.parse(json);
    if (!tree.content?.length) return null;
    const doc = schema.nodeFromJSON(tree);
    doc.check();
    return doc;
  } catch {
    return null;
  }
}
