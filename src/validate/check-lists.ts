import { childrenOf, type DocumentElement } from './document-tree.ts';
import type { Found } from './finding.ts';

/** The lists of entities, whose order means nothing: sorted, one finds an entity, and versions differ where they differ. */
const sorted = new Set(['listPerson', 'listPlace', 'listOrg', 'listBibl']);

/** The entities of a list of standOff stand in the order of their xml:id. */
export function checkListOrder(list: DocumentElement, found: Found): void {
  if (!sorted.has(list.name) || list.parent?.name !== 'standOff') return;
  const entities = childrenOf(list);
  const ids = entities.map(({ attributes }) => attributes['xml:id']);
  const late = ids.findIndex((id, at) => at > 0 && id !== undefined && ids[at - 1] !== undefined && id < ids[at - 1]!);
  if (late < 0) return;
  const message = `Unexpected \`${ids[late]}\` behind \`${ids[late - 1]}\`, expected the entities of \`${list.name}\` in the order of their xml:id.`;
  found('validate/unsorted-list', list, message, {
    related: [{ element: entities[late]!, message: 'it stands here' }],
  });
}
