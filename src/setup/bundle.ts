import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { packageRoot } from '../core/package-root.ts';

/** Libraries of many small modules, which take longer to find than to run. All others load from their own packages. */
const bundled = new Set(['fast-xml-parser', 'jsonc-parser', 'xmlbuilder2']);

const here = (path: string): string => fileURLToPath(new URL(path, packageRoot));

/** Data stays in the JSON files that tsc copies: as JavaScript it would be compiled at every start. */
const jsonFromFile: Plugin = {
  name: 'json-from-file',
  setup({ onLoad }) {
    onLoad({ filter: /\.json$/ }, ({ path }) => {
      const place = JSON.stringify(`../${relative(here('src'), path).replaceAll('\\', '/')}`);
      const contents =
        `import { readFileSync } from 'node:fs';\n` +
        `export default JSON.parse(readFileSync(new URL(${place}, import.meta.url), 'utf8'));`;
      return { contents, loader: 'js' };
    });
  },
};

/** xmlbuilder2 can write YAML and loads a library for it at every start; we write XML. */
const withoutYaml: Plugin = {
  name: 'without-yaml',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^js-yaml$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: '' }));
  },
};

/**
 * Bundles `src/cli.ts` and the worker of the checks into `dist/bundle/`, a chunk for each command and for what several share, and makes
 * `dist/cli.js` start the first.
 * The licences of the libraries inside stand in `dist/bundle/LICENSES.txt`.
 */
export async function bundleCommandLine(): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(here('package.json'), 'utf8')) as { dependencies: object };
  rmSync(here('dist/bundle'), { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [here('src/cli.ts'), here('src/batch/check-worker.ts')],
    outbase: here('src'),
    entryNames: '[name]',
    absWorkingDir: here('.'),
    outdir: here('dist/bundle'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: Object.keys(dependencies).filter((name) => !bundled.has(name)),
    plugins: [jsonFromFile, withoutYaml],
    charset: 'utf8',
    minifyWhitespace: true,
    legalComments: 'none',
    // CommonJS libraries require modules of Node.
    banner: { js: `import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);` },
    metafile: true,
  });
  writeFileSync(here('dist/bundle/LICENSES.txt'), licencesOf(metafile));
  writeFileSync(here('dist/cli.js'), launcher);
  chmodSync(here('dist/cli.js'), 0o755);
}

// Node 20 optimises what runs often, on threads of its own: in a run of a second most of that work is lost. Later V8 has
// no such flag, and a middle compiler in its place.
const launcher = `#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=500000');
await import('./bundle/cli.js');
`;

type Package = Readonly<Record<'name' | 'version' | 'license', string>>;

/** The licence of every package that has a module in the bundle, by name. */
function licencesOf({ inputs }: Metafile): string {
  const folders = Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(here(`${folder}/package.json`), 'utf8')) as Package;
    const file = readdirSync(here(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? `Licence: ${license}` : readFileSync(here(`${folder}/${file}`), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
