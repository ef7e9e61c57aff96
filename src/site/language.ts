import { currentSetting, settingEvent } from './settings.ts';

// Labels in the text of a page stand there in both languages and CSS shows one; labels in attributes are exchanged here.

/** Keeps `aria-label` in the language of the interface: its forms are `data-label-LANGUAGE`. */
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
}
