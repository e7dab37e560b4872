// options.js - what one may mean, below the field that one types in: arrows choose, Enter takes, Escape leaves. The focus stays
// in the field.
//
//     const options = new Options(field, 'People', (item) => ...item.dataset.id, item.dataset.title or item.dataset.create...);
//     options.show([{ id, title, sub }], 'a name to create');
import { say } from './say.js';
export class Options {
    constructor(field, label, choose) {
        this.field = field;
        this.choose = choose;
        this.list = document.createElement('ul');
        this.list.className = 'pick-list';
        this.list.role = 'listbox';
        this.list.id = `${field.id}-list`;
        this.list.setAttribute('aria-label', label);
        this.list.hidden = true;
        field.after(this.list);
        field.setAttribute('aria-autocomplete', 'list');
        field.setAttribute('aria-controls', this.list.id);
        if (field.role) field.setAttribute('aria-expanded', 'false');
        field.addEventListener('keydown', (event) => this.key(event));
        field.addEventListener('blur', () => setTimeout(() => this.show([]), 150));
        this.list.addEventListener('mousedown', (event) => {
            event.preventDefault(); // the focus stays where it is
            this.take(event.target.closest('[role=option]'));
        });
    }

    show(options, create = null) {
        const items = options.map((record) => {
            const item = document.createElement('li'), sub = document.createElement('span');
            sub.className = 'sub';
            sub.textContent = record.sub;
            item.dataset.id = record.id;
            item.append(record.title, sub);
            item.dataset.title = record.title;
            return item;
        });
        if (create) {
            const item = document.createElement('li');
            item.dataset.create = create;
            item.textContent = say('Create “{title}”', { title: create });
            items.push(item);
        }
        items.forEach((item, i) => {
            item.role = 'option';
            item.id = `${this.list.id}-${i}`;
        });
        this.list.replaceChildren(...items);
        this.list.hidden = !items.length;
        if (this.field.role) this.field.setAttribute('aria-expanded', String(items.length > 0));
        this.point(items[0]);
    }

    point(item) {
        for (const each of this.list.children) each.setAttribute('aria-selected', String(each === item));
        if (item) this.field.setAttribute('aria-activedescendant', item.id);
        else this.field.removeAttribute('aria-activedescendant');
        item?.scrollIntoView({ block: 'nearest' });
    }

    take(item) {
        if (!item) return;
        this.show([]);
        this.choose(item);
    }

    key(event) {
        if (this.list.hidden || event.ctrlKey || event.metaKey) return;
        const all = [...this.list.children], at = all.findIndex((item) => item.getAttribute('aria-selected') === 'true');
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) this.point(all[(at + step + all.length) % all.length]);
        else if (event.key === 'Enter') this.take(all[at]);
        else if (event.key === 'Escape') this.show([]);
        else return;
        event.preventDefault();
        event.stopPropagation();
    }
}
