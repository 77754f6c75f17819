/** The registration service: fields that suggest organisations, lists in which several are chosen. */
import { enableSuggestions } from './suggest.js';
import { watchSelection } from './selection.js';

for (const field of document.querySelectorAll('[data-suggest]')) enableSuggestions(field);
for (const form of document.querySelectorAll('form[data-selection]')) watchSelection(form);
