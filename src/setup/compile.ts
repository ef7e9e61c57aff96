import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../core/package-root.ts';

// Build step (`npm run build`): compiles the stylesheets to SEF, which Saxon-JS runs without a compiler.

const require = createRequire(import.meta.url);

/** Compiles one XSLT file to `dist/xslt/NAME.sef.json` with xslt3, without absolute paths or build time inside. */
export function compileStylesheet(xsl: URL, name: string): void {
  const target = new URL(`dist/xslt/${name}.sef.json`, packageRoot);
  mkdirSync(new URL('.', target), { recursive: true });
  execFileSync(
    process.execPath,
    [
      require.resolve('xslt3'),
      `-xsl:${fileURLToPath(xsl)}`,
      `-export:${fileURLToPath(target)}`,
      '-nogo',
      '-relocate:on',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const sef = readFileSync(target, 'utf8').replace(/"buildDateTime":"[^"]*"/, '"buildDateTime":"1970-01-01T00:00:00Z"');
  writeFileSync(target, sef);
}

for (const name of ['html', 'print']) {
  const xsl = new URL(`xslt/${name}.xsl`, packageRoot);
  if (existsSync(xsl)) compileStylesheet(xsl, name);
}
