// Puts the serif of papers (Tinos, SIL Open Font License 1.1) where the renderer finds it, with its licence.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const from = join(here, "node_modules/@expo-google-fonts/tinos");
const to = join(here, "../src/congso/shared/serif/built");
const styles = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];

export function putSerif() {
  mkdirSync(to, { recursive: true });
  for (const style of styles) copyFileSync(join(from, style, `Tinos_${style}.ttf`), join(to, `Tinos_${style}.ttf`));
  copyFileSync(join(from, "LICENSE_FONT"), join(to, "LICENSE_FONT"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) putSerif();
