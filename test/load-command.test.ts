import { expect, it } from 'vitest';
import { allCommands } from '../src/commands/all-commands.ts';
import { loadCommand } from '../src/commands/load-command.ts';

it('loads every command of the help by its name', async () => {
  for (const command of allCommands) expect(await loadCommand(command.name)).toBe(command);
});

it('loads nothing for another word', async () => {
  expect(await loadCommand('constructor')).toBeUndefined();
});
