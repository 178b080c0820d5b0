// Builds what the pages load, from npm packages and our own sources, into the application's static folder:
//   congso.css   fonts, the rules of Tabler that our markup uses (PurgeCSS), our own sheets
//   icons.svg    one sprite of the outline icons that templates and Python name
//   *.js         one file per entry below
// Fonts come first: build_fonts.py. Usage: node build.mjs [OUT_FOLDER]
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "../src/congso");
const out = resolve(process.argv[2] ?? join(source, "shared/ui/static/built"));
const { PurgeCSS } = createRequire(import.meta.url)("purgecss");

// One line per bundle: its name and where it begins. Heavy ones are loaded by their own pages only.
const ENTRIES = {
  desk: "scripts/desk.js",
  public: "scripts/public.js",
  compose: "editor/compose.js",
  editor: "editor/editor.js",
  placing: "scripts/placing.js",
};
const STYLES = ["styles/congso.css", "styles/parts.css", "styles/editor.css", "styles/papers.css"];
const BROWSERS = ["chrome111", "firefox113", "safari16.4"];

/** All files under a folder whose name matches, as [path, text]. */
async function filesOf(folder, name) {
  const all = await readdir(folder, { recursive: true });
  const wanted = all.filter((path) => name.test(path) && !/(^|\/)(tests|migrations|node_modules|built)\//.test(path)).sort();
  return Promise.all(wanted.map(async (path) => [path, await readFile(join(folder, path), "utf8")]));
}

const words = (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [];
const between = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);

// Kinds of inputs that Django's widgets write, not our templates.
const INPUTS = ["type", "radio", "checkbox", "file", "search", "password", "checked", "disabled"];

/** What a selector can match: element names and the words inside attributes, never the prose. */
function markupWords(text) {
  const tags = between(text, /<[a-z](?:\{[%{].*?[%}]\}|[^>])*>/gis);
  const classes = between(text, /class(?:Name|List)?["']?(?:\.\w+)?\s*[(:=]+\s*["'`]([^"'`]+)/g);
  const ours = between(text, /["'\s]((?:cs|btn|form)-[\w-]+)/g);
  return [...tags, ...classes, ...ours].flatMap(words);
}

/** Names of icons, written literally: {% icon "send" %}, icon="send", icon|default:"inbox". */
function iconNames(text) {
  return [
    ...between(text, /\{%\s*icon\s+["']([a-z0-9-]+)["']/g),
    ...between(text, /\bicon\|default:["']([a-z0-9-]+)["']/g),
    ...between(text, /\b(?:\w+_)?icon\s*=\s*["']([a-z0-9-]+)["']/g),
    ...between(text, /icons\.svg#([a-z0-9-]+)/g),
  ];
}

async function styles(texts) {
  const require = createRequire(import.meta.url);
  const tabler = await readFile(require.resolve("@tabler/core/dist/css/tabler.css"), "utf8");
  const [{ css }] = await new PurgeCSS().purge({
    content: [...texts, `<input ${INPUTS.join(" ")}>`].map((raw) => ({ raw, extension: "html" })),
    css: [{ raw: tabler }],
    extractors: [{ extensions: ["html"], extractor: markupWords }],
    safelist: { standard: [/^:root/, /data-bs-theme/, "html", "body"] },
    blocklist: [/^(table|card|icon|badge|alert|navbar|dark|light|theme|page|nav|modal|toast|list)/],
    keyframes: true,
    fontFace: true,
    variables: true,
  });
  const own = await Promise.all(STYLES.map((path) => readFile(join(here, path), "utf8")));
  const fonts = await readFile(join(out, "fonts.css"), "utf8");
  const { code } = await transform([fonts, css, ...own].join("\n"), { loader: "css", minify: true, target: BROWSERS });
  await writeFile(join(out, "congso.css"), code);
}

async function icons(texts) {
  const folder = join(here, "node_modules/@tabler/icons/icons/outline");
  const names = [...new Set(texts.flatMap(iconNames))].sort();
  const symbols = await Promise.all(names.map(async (name) => {
    const svg = await readFile(join(folder, `${name}.svg`), "utf8").catch(() => {
      throw new Error(`No icon “${name}” in @tabler/icons (outline)`);
    });
    const shapes = svg.match(/<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*>/g).filter((shape) => !shape.includes('stroke="none"'));
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.join("").replace(/\s+\/>/g, "/>")}</symbol>`;
  }));
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function scripts() {
  await build({
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(here, path)])),
    outdir: out,
    bundle: true,
    minify: true,
    format: "iife",
    target: BROWSERS,
    charset: "utf8",
    legalComments: "external",
    logLevel: "warning",
  });
}

await mkdir(out, { recursive: true });
const files = [...(await filesOf(source, /\.(html|py)$/)), ...(await filesOf(join(here, "scripts"), /\.js$/)), ...(await filesOf(join(here, "editor"), /\.js$/))];
const texts = files.map(([, text]) => text);
await Promise.all([styles(texts), icons(texts), scripts()]);
