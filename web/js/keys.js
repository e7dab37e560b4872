// keys.js - the keyboard. A page says what a key does by aria-keyshortcuts on a control ("C", "Control+K", "/") or by
// data-go="L" on a link (G, then L). "Escape" counts where nothing else is open. Single letters are off in
// fields, and where somebody does not want them (<html data-keys="off">).

const FIELD = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]';
const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
let going = 0; // when G was pressed

function by_shortcut(name) {
    const all = document.querySelectorAll('[aria-keyshortcuts]');
    const found = [...all].filter((e) => visible(e) && e.getAttribute('aria-keyshortcuts').split(' ').includes(name));
    return found.find((e) => e.closest('#main')) ?? found[0]; // the page's own before the frame's
}

function press(control) {
    if (!control) return false;
    if (control.matches(FIELD)) {
        control.focus();
        control.select?.();
    } else control.click();
    return true;
}

const rows = () => [...document.querySelectorAll('#main tbody tr:not(.cal tr), #main .kcard')]
    .filter((row) => row.querySelector('a[href]'));

function step(by) {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
    next?.querySelector('a[href]').focus();
    return Boolean(next);
}

const here = () => document.activeElement?.closest('.evt, .kcard, tr');

/* With Shift from the row that was chosen last to here; select.js knows which. */
function choose(range) {
    const box = here()?.querySelector('input[type=checkbox]');
    box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: range }));
    return Boolean(box);
}

function letter(event) {
    const key = event.key.length === 1 ? event.key.toUpperCase() : '';
    if (!key) return false;
    if (Date.now() - going < 1500) {
        going = 0;
        const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
        return press(link);
    }
    switch (key) {
    case 'G': going = Date.now(); return true;
    case 'J': return step(1) || press(by_shortcut('J'));
    case 'K': return step(-1) || press(by_shortcut('K'));
    case '?': return press(document.querySelector('a[href="/help/keys"]'));
    case 'X': return choose(event.shiftKey);
    case 'M': return press(here()?.querySelector('a[data-dialog]')) || press(by_shortcut('M'));
    default: return press(by_shortcut(key));
    }
}

document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    let done = false;
    if (control && (event.key === 'Enter' || event.key.toLowerCase() === 's')) {
        const form = event.target.closest?.('form') ?? document.querySelector('#main form[data-save]');
        if (form && form.method !== 'get') {
            form.requestSubmit();
            done = true;
        }
    } else if (event.key === 'Escape') {
        if (!document.querySelector('dialog[open], :popover-open')) done = press(by_shortcut('Escape'));
    } else if (control) done = event.key.length === 1 && press(by_shortcut(`Control+${event.key.toUpperCase()}`));
    else if (document.documentElement.dataset.keys !== 'off' && !event.target.closest?.(FIELD)) done = letter(event);
    if (done) event.preventDefault();
});
