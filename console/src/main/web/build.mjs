// Bundles the page into one script and one style sheet. Usage: node build.mjs [OUTPUT FOLDER]
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "../resources/stream/weir/console/web");

await mkdir(out, { recursive: true });
await build({
  entryPoints: { console: join(here, "src/main.tsx") },
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  charset: "utf8",
  outdir: out,
  logLevel: "warning",
});
for (const name of ["index.html", "favicon.svg"]) {
  await copyFile(join(here, name), join(out, name));
}

// Of what the bundle was made: BundleTest compares it with the sources that are there.
const files = (await readdir(here, { recursive: true, withFileTypes: true }))
  .filter(each => each.isFile())
  .map(each => relative(here, join(each.parentPath, each.name)).split(sep).join("/"))
  .filter(name => !name.startsWith("node_modules/"))
  .sort();
const hash = createHash("sha256");
for (const name of files) {
  hash.update(name + "\n");
  hash.update(await readFile(join(here, name)));
}
await writeFile(join(out, "sources.sha256"), hash.digest("hex") + "\n");
