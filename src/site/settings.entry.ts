import { type SettingName, showSetting, storedSetting, valuesOf } from './settings.ts';

// Runs before the first paint, so that no page is shown twice.

const root = document.documentElement;

/** The language of the reader's browser if the site speaks it, else that of the site. */
function readersLanguage(): string {
  const wanted = navigator.languages.map((tag) => valuesOf.lang.find((one) => one.slice(0, 2) === tag.slice(0, 2)));
  return wanted.find(Boolean) ?? root.lang;
}

/** As the edition says on wide screens, horizontal on narrow ones. */
function fittingDirection(): string {
  const vertical = root.dataset.layout === 'vertical' && matchMedia('(min-width: 60rem)').matches;
  return vertical ? 'vertical' : 'horizontal';
}

const preset: Partial<Record<SettingName, () => string>> = {
  lang: readersLanguage,
  direction: fittingDirection,
  theme: () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'paper'),
  size: () => 'm',
  keys: () => 'on',
};

for (const name of Object.keys(valuesOf) as SettingName[]) {
  const value = storedSetting(name) ?? preset[name]?.();
  if (value !== undefined) showSetting(name, value);
}
