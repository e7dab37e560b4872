// record.js - what scripts add to a record's page.
import { remember_record } from './recent.js';

export function start() {
    document.addEventListener('htmx:after:swap', remember_record);
    remember_record();
}
