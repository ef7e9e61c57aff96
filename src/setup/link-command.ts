import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../core/package-root.ts';

// Last step of `npm ci` here: `npx weibian` in the package's own folder. npm links the commands of dependencies only, and
// npm 11.19 fails when npx is asked for the command of the folder itself.

const bin = fileURLToPath(new URL('node_modules/.bin/', packageRoot));
mkdirSync(bin, { recursive: true });
chmodSync(fileURLToPath(new URL('dist/cli.js', packageRoot)), 0o755);
if (process.platform === 'win32') {
  writeFileSync(`${bin}weibian.cmd`, '@node "%~dp0\\..\\..\\dist\\cli.js" %*\r\n');
} else {
  rmSync(`${bin}weibian`, { force: true });
  symlinkSync('../../dist/cli.js', `${bin}weibian`);
}
