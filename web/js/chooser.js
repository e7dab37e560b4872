// chooser.js - the order of columns in their form: <ul data-sortable> is sorted by drag, or by its up and down buttons, without
// a word to the server before the form is sent.
function step(button) {
    const item = button.closest('li');
    const up = button.name === 'up';
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (other) (up ? other.before(item) : other.after(item));
    button.focus();
    item.scrollIntoView({ block: 'nearest' });
}

export function start_chooser() {
    document.addEventListener('click', (event) => {
        const button = event.target.closest('dialog [data-sortable] button[name=up], dialog [data-sortable] button[name=down]');
        if (!button) return;
        event.preventDefault();
        step(button);
    });
    let held = null;
    document.addEventListener('pointerdown', (event) => {
        held = event.target.closest('dialog [data-sortable] .i-grip')?.closest('li') ?? null;
        if (!held) return;
        event.preventDefault();
        held.classList.add('held');
    });
    document.addEventListener('pointermove', (event) => {
        if (!held) return;
        const over = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-sortable] > li');
        if (!over || over === held || over.parentElement !== held.parentElement) return;
        const box = over.getBoundingClientRect();
        if (event.clientY < box.top + box.height / 2) over.before(held);
        else over.after(held);
    });
    const drop = () => {
        held?.classList.remove('held');
        held = null;
    };
    document.addEventListener('pointerup', drop);
    document.addEventListener('pointercancel', drop);
}
