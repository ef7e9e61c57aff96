import { connectControls } from './controls.ts';
import { followLanguage } from './language.ts';

// On every page: the controls of the head, and the language of labels that stand in attributes.

connectControls();
followLanguage();
