/* page.c - small decisions of pages that are no business of a template (page.h). */
#include "http/page.h"

#include "base/decimal.h"
#include "base/regions.h"
#include "base/utf8.h"

struct page page_new(struct str title) {
    return (struct page){.title = title, .lang = STR("en")};
}

bool page_is_active(const struct page *page, const struct nav_item *item) {
    return page->active && item->id && strcmp(page->active, item->id) == 0;
}

struct str page_error(const struct errors *errors, const char *field) {
    const struct error *error = errors ? errors_for(errors, field) : NULL;
    return error ? error->message : STR("");
}

static void offer(struct input *input, struct choice *all, struct str code, struct str name) {
    all[input->choice_count++] = (struct choice){code, name, str_eq(code, input->value)};
}

void page_offer(struct arena *arena, struct input *input, const char *list) {
    const struct region *region = regions_of(arena_lang(arena), list);
    bool known = !input->value.len, money = strcmp(list, "currencies") == 0;
    size_t count = 0;
    while (region[count].code) count++;
    struct choice *all = arena_array(arena, struct choice, count + 1);
    for (size_t i = 0; i < count && !known; i++) known = str_eqc(input->value, region[i].code);
    if (!known) offer(input, all, input->value, input->value);
    for (size_t i = 0; i < count; i++)
        if (!money || currency_digits(str_of(region[i].code)) >= 0)
            offer(input, all, str_of(region[i].code), str_of(region[i].name));
    input->kind = INPUT_SELECT;
    input->choices = all;
}

struct str page_initials(struct arena *arena, struct str name) {
    struct str rest = str_trim(name), word, first = {"", 0}, last = {"", 0};
    while (str_word(&rest, &word)) {
        if (!first.len) first = word;
        else last = word;
    }
    struct str head = utf8_prefix(first, last.len ? 1 : 2), tail = utf8_prefix(last, 1);
    char *letters = arena_raw(arena, head.len + tail.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < head.len; i++) letters[n++] = head.ptr[i];
    for (size_t i = 0; i < tail.len; i++) letters[n++] = tail.ptr[i];
    for (size_t i = 0; i < n; i++) {
        if (letters[i] >= 'a' && letters[i] <= 'z') letters[i] = (char)(letters[i] - 'a' + 'A');
    }
    letters[n] = '\0';
    return (struct str){letters, n};
}

/* FNV-1a: any stable spread would do. */
static uint32_t page_hash(struct str key) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.len; i++) hash = (hash ^ (unsigned char)key.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

const char *page_hue(struct str key) {
    static const char *const hues[] = {"violet", "blue", "teal", "orange", "pink", "green", "amber", "cyan"};
    return hues[page_hash(key) % (sizeof hues / sizeof *hues)];
}

int page_hue_angle(struct str key) {
    return (int)(page_hash(key) % 36u) * 10;
}
