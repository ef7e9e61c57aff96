import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { SchemaName } from '../core/json.ts';
import { compileValidator } from '../core/json-schema.ts';
import { packageRoot } from '../core/package-root.ts';
import { compileRelaxNg } from '../validate/compile-relaxng.ts';
import { resolveRelaxNg } from '../validate/resolve-relaxng.ts';
import { SchemaFiles } from '../validate/schema-files.ts';
import { bundleCommandLine } from './bundle.ts';

// Build step (`npm run build`): compiles stylesheets and schemas to the forms that run without a compiler.

const require = createRequire(import.meta.url);

// A SEF holds its build time under a checksum, so the time cannot be replaced afterwards: the compiler's clock stands still.
const stoppedClock = `const Clock = Date;
globalThis.Date = class extends Clock {
  constructor(...given) { if (given.length) super(...given); else super(0); }
  static now() { return 0; }
};`;

/** Compiles one XSLT file to `dist/xslt/NAME.sef.json` with xslt3, without absolute paths or build time inside. */
export function compileStylesheet(xsl: URL, name: string): void {
  const target = new URL(`dist/xslt/${name}.sef.json`, packageRoot);
  mkdirSync(new URL('.', target), { recursive: true });
  execFileSync(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(stoppedClock)}`,
      require.resolve('xslt3'),
      `-xsl:${fileURLToPath(xsl)}`,
      `-export:${fileURLToPath(target)}`,
      '-nogo',
      '-relocate:on',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
}

/** Converts `schemas/NAME.rng` to `dist/schemas/NAME.json`, which loads faster. */
export function compileSchema(name: string): void {
  const target = new URL(`dist/schemas/${name}.json`, packageRoot);
  mkdirSync(new URL('.', target), { recursive: true });
  const path = fileURLToPath(new URL(`schemas/${name}.rng`, packageRoot));
  const files = new SchemaFiles((file) => readFileSync(file));
  writeFileSync(target, JSON.stringify(compileRelaxNg(resolveRelaxNg(files.open(path), files))));
}

/** Compiles `schemas/NAME.schema.json` to `dist/schemas/NAME.cjs`, a validator that runs without the compiler. */
export function compileJsonSchema(name: SchemaName): void {
  const target = new URL(`dist/schemas/${name}.cjs`, packageRoot);
  mkdirSync(new URL('.', target), { recursive: true });
  const schema = JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, packageRoot), 'utf8')) as object;
  // What it requires of ajv goes inside: to find it on the disk takes longer than to check a file.
  const stdin = { contents: compileValidator(schema), resolveDir: fileURLToPath(packageRoot) };
  const { outputFiles } = buildSync({
    stdin,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    minify: true,
    write: false,
  });
  writeFileSync(target, outputFiles[0]!.contents);
}

/** Bundles each `src/site/NAME.entry.ts` to `dist/site/NAME.js`, a classic script: modules do not load from file:. */
export function bundleSite(): void {
  const folder = fileURLToPath(new URL('src/site/', packageRoot));
  for (const entry of readdirSync(folder).filter((file) => file.endsWith('.entry.ts'))) {
    buildSync({
      entryPoints: [`${folder}${entry}`],
      outfile: fileURLToPath(new URL(`dist/site/${entry.replace('.entry.ts', '.js')}`, packageRoot)),
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      charset: 'utf8',
      logLevel: 'warning',
    });
  }
}

const jsonSchemas: readonly SchemaName[] = ['edition', 'persons', 'places', 'orgs', 'works', 'ignore', 'format'];

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  cli: bundleCommandLine,
  rng: () => compileSchema('weibian'),
  json: () => jsonSchemas.forEach(compileJsonSchema),
  html: () => compileStylesheet(new URL('xslt/html.xsl', packageRoot), 'html'),
  print: () => compileStylesheet(new URL('xslt/print.xsl', packageRoot), 'print'),
  epub: () => compileStylesheet(new URL('xslt/epub.xsl', packageRoot), 'epub'),
  site: bundleSite,
};

// Without arguments everything; `compile.js rng sch` only the parts named.
const wanted = process.argv.slice(2);
for (const [name, compile] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await compile();
}
