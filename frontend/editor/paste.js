// What Word, web pages and mail programs put on the clipboard, brought down to what a paper can hold.
const DROPPED = "style, script, meta, link, title, xml, img:not([data-sha256]), picture, svg, video, object, iframe, input, button, select, textarea, del";
const KEPT = ["colspan", "rowspan", "start", "alt", "data-pm-slice", "data-sha256", "data-width"];
const SYMBOL_BULLETS = /^[·•▪◦o§Øüv]$|^[\uf000-\uf0ff]$/;
// What a style says in words, which the content security policy keeps from the page itself.
const SAYS = [
  ["strong", /font-weight\s*:\s*(bold|[6-9]00)/i],
  ["em", /font-style\s*:\s*italic/i],
  ["u", /text-decoration[^;]*:\s*[^;]*underline/i],
];

const text = (node) => node.textContent.replace(/[\s\u00a0]+/g, " ").trim();

function removeComments(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.remove();
}

/** Word marks its list items by a span that is to be ignored: its text becomes the mark before the paragraph. */
function keepListMarks(root) {
  for (const mark of root.querySelectorAll('[data-said*="mso-list:Ignore" i], [data-said*="mso-list: Ignore" i]')) {
    const shown = text(mark);
    mark.replaceWith(`${SYMBOL_BULLETS.test(shown) ? "-" : shown} `);
  }
}

function styleToMarks(root) {
  // Google Docs wraps all that it gives in a bold that says it is none.
  for (const element of root.querySelectorAll(":is(b, strong)[data-said]")) {
    if (/font-weight\s*:\s*(normal|400)/i.test(element.dataset.said)) element.replaceWith(...element.childNodes);
  }
  for (const element of root.querySelectorAll("[data-said]")) {
    const said = element.dataset.said;
    for (const [tag, pattern] of SAYS) {
      if (!pattern.test(said) || !element.textContent.trim() || element.querySelector("p, table, li")) continue;
      const inner = element.ownerDocument.createElement(tag);
      inner.append(...element.childNodes);
      element.append(inner);
    }
  }
}

/** Cells hold paragraphs and lists only: headings become paragraphs, a table inside gives up its cells. */
function flattenCells(root) {
  for (const table of root.querySelectorAll("td table, th table")) {
    table.replaceWith(...[...table.querySelectorAll("td, th")].flatMap((cell) => [...cell.childNodes]));
  }
  for (const heading of root.querySelectorAll(":is(td, th, li) :is(h1, h2, h3, h4, h5, h6)")) {
    const paragraph = root.ownerDocument.createElement("p");
    paragraph.append(...heading.childNodes);
    heading.replaceWith(paragraph);
  }
}

/** Parsing a style, even apart from the page, breaks the content security policy: attributes get another name before. */
const withoutStyle = (html) => html.replace(/<style[^]*?<\/style\s*>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-said="));

export function cleanHtml(html) {
  const page = new DOMParser().parseFromString(withoutStyle(html), "text/html");
  const root = page.body;
  for (const element of root.querySelectorAll(DROPPED)) element.remove();
  removeComments(root);
  keepListMarks(root);
  styleToMarks(root);
  flattenCells(root);
  for (const element of [...root.querySelectorAll("*")]) {
    if (element.localName.includes(":") && !element.textContent.trim()) element.remove();
    for (const { name } of [...element.attributes]) if (!KEPT.includes(name)) element.removeAttribute(name);
  }
  return root.innerHTML.replace(/\u00a0+|&nbsp;/g, " ").normalize("NFC");
}

export const cleanText = (plain) => plain.normalize("NFC").replace(/\u00a0/g, " ");
