import { currentSetting, settingEvent } from './settings.ts';

// Labels in the text of a page stand there in both languages and CSS shows one; labels that take no markup are exchanged here.

/** Keeps `aria-label` and the choices of lists in the language of the interface: their forms are `data-label-LANGUAGE`. */
export function followLanguage(): void {
  exchangeLabels();
  document.addEventListener(settingEvent, (event) => {
    if ((event as CustomEvent<string>).detail === 'lang') exchangeLabels();
  });
}

function exchangeLabels(): void {
  const form = `data-label-${currentSetting('lang')}`;
  for (const element of document.querySelectorAll('[aria-label]')) {
    const label = element.getAttribute(form);
    if (label !== null) element.setAttribute('aria-label', label);
  }
  for (const option of document.querySelectorAll('option')) {
    const label = option.getAttribute(form);
    if (label !== null) option.text = label;
  }
}
