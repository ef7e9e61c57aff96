/** The folder of the weibian package as a file URL with a closing slash; the same from `src/` and from `dist/`. */
export const packageRoot: URL = new URL('../../', import.meta.url);
