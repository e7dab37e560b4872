/* world_value.c - the cells of a row: each when it is asked for, by its template. */
#include "app/demo/world.h"
#include "base/timefmt.h"
#include "core/registry.h"

#define HOUR_MS INT64_C(3600000)
#define MINUTE INT64_C(60000)
#define QUARTER (15 * MINUTE)

struct world_cell *world_cell(const struct world_row *row, struct str name) {
    for (int i = 0; i < row->cell_count; i++)
        if (str_eq(row->cells[i].name, name)) return &row->cells[i];
    return NULL;
}

static bool is_one_of(struct str values, struct str value) {
    struct str one;
    while (str_split(&values, ',', &one))
        if (str_eq(one, value)) return true;
    return false;
}

bool world_meets(const struct world_row *row, struct str conditions) {
    struct str one;
    while (str_split(&conditions, '&', &one)) {
        ptrdiff_t equals = str_index(one, '=');
        if (equals < 0) continue;
        struct str path = str_slice(one, 0, (size_t)equals), part;
        const struct world_row *of = row;
        const struct world_cell *c = NULL;
        while (of && str_split(&path, '.', &part)) {
            c = world_cell(of, part);
            of = c ? c->ref : NULL;
        }
        if (path.len || !c || !is_one_of(str_slice(one, (size_t)equals + 1, one.len), c->text)) return false;
    }
    return true;
}

/* ---- alternatives ---------------------------------------------------------------------------------------------------------- */

/* "open*3": the weight off its end. */
static int64_t weight_of(struct str *alternative) {
    int64_t weight;
    for (size_t i = alternative->len; i-- > 0;) {
        if (alternative->ptr[i] != '*') continue;
        if (!str_to_int(str_slice(*alternative, i + 1, alternative->len), &weight)) return 1;
        *alternative = str_slice(*alternative, 0, i);
        return weight;
    }
    return 1;
}

struct str world_choose(struct world *w, struct str alternatives) {
    struct str rest = alternatives, one;
    int64_t all = 0;
    while (str_split(&rest, '|', &one)) all += weight_of(&one);
    int64_t at = all > 1 ? random_between(&w->random, 1, all) : 1;
    rest = alternatives;
    while (str_split(&rest, '|', &one)) {
        at -= weight_of(&one);
        if (at <= 0) return one;
    }
    return STR("");
}

/* ---- moments --------------------------------------------------------------------------------------------------------------- */

int64_t world_working_hours(struct world *w, int64_t ms) {
    int64_t local = ms + zone_offset(w->zone, ms, NULL) * INT64_C(1000);
    int64_t day = local / DAY_MS;
    int weekday = civil_from_date(day).weekday;
    if (weekday == 6) day -= 1;
    if (weekday == 0) day += 1;
    return zone_to_utc(w->zone, day * DAY_MS + random_between(&w->random, 32, 67) * QUARTER);
}

static const struct world_cell *asked(struct world *w, struct world_row *row, struct str name);

static bool moment_of_text(const struct world *w, struct str text, int64_t *at) {
    int64_t days;
    if (text.len && time_parse(text, at)) return true;
    if (!text.len || !date_parse(text, &days)) return false;
    *at = zone_to_utc(w->zone, days * DAY_MS + 9 * HOUR_MS);
    return true;
}

/* The moment of a field, or of an action that happens to the row. */
static bool moment_in(struct world *w, struct world_row *row, struct str name, bool own, int64_t *at) {
    for (const struct world_mark *m = row->marks; m; m = m->next)
        if (str_eq(m->name, name)) {
            *at = m->at;
            return true;
        }
    const struct world_cell *c = own ? asked(w, row, name) : world_cell(row, name);
    if (c && c->ref) {
        *at = c->ref->at;
        return true;
    }
    return c && moment_of_text(w, c->text, at);
}

static bool base_moment(struct world *w, struct world_row *row, struct str base, int64_t *at) {
    *at = str_eqc(base, "now") ? w->now : row->at;
    if (!base.len || str_eqc(base, "now")) return true;
    ptrdiff_t dot = str_index(base, '.');
    if (dot < 0) return moment_in(w, row, base, true, at);
    const struct world_cell *c = asked(w, row, str_slice(base, 0, (size_t)dot));
    return c && c->ref && moment_in(w, c->ref, str_slice(base, (size_t)dot + 1, base.len), false, at);
}

static int64_t unit_of(char c) {
    return c == 'm' ? MINUTE : c == 'h' ? HOUR_MS : c == 'w' ? 7 * DAY_MS : c == 'y' ? 365 * DAY_MS : DAY_MS;
}

bool world_moment(struct world *w, struct world_row *row, struct str when, int step, int64_t *at) {
    size_t sign = 0;
    while (sign < when.len && when.ptr[sign] != '+' && when.ptr[sign] != '-') sign++;
    if (!base_moment(w, row, str_slice(when, 0, sign), at)) return false;
    if (sign + 1 >= when.len) return true;
    bool back = when.ptr[sign] == '-';
    struct str rest = str_slice(when, sign + 1, when.len);
    bool steps = str_ends(rest, STR("*"));
    if (steps) rest.len--;
    char last = rest.ptr[rest.len - 1];
    int64_t unit = unit_of(last), low, high;
    rest.len--;
    ptrdiff_t dots = str_find(rest, STR(".."));
    if (!str_to_int(dots < 0 ? rest : str_slice(rest, 0, (size_t)dots), &low)) return false;
    high = low;
    if (dots >= 0) {
        struct str end = str_slice(rest, (size_t)dots + 2, rest.len);
        if (end.len && (end.ptr[0] == '-' || end.ptr[0] == '+')) end = str_slice(end, 1, end.len);
        if (!str_to_int(end, &high)) return false;
    }
    int64_t least = low < high ? low : high, most = low < high ? high : low;
    int64_t span = random_between(&w->random, least * unit / MINUTE, most * unit / MINUTE) * MINUTE;
    if (steps) span += (step - 1) * most * unit;
    int64_t base = *at;
    *at = back ? *at - span : *at + span;
    if (last == 'D')
        *at = zone_to_utc(w->zone, zone_day(w->zone, *at) * DAY_MS + 8 * HOUR_MS);
    else if (unit >= DAY_MS)
        *at = world_working_hours(w, *at);
    if (!back && *at < base) *at = base + span; /* the day before a Saturday */
    return true;
}

/* ---- words in braces ------------------------------------------------------------------------------------------------------- */

/* Letters and digits in lower case, what lies between them as hyphens. */
static void add_slug(struct buf *b, struct str text) {
    size_t from = b->len;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_char(b, c);
        else if (c == ' ' && b->len > from && b->ptr[b->len - 1] != '-')
            buf_char(b, '-');
    }
}

static const struct demo_town_of *town_of(struct world *w, struct world_row *row) {
    const struct world_cell *client = world_cell(row, STR("client_id"));
    if (row->town < 0 && client && client->ref) {
        town_of(w, client->ref);
        row->town = client->ref->town;
        row->street = client->ref->street;
    }
    if (row->town < 0) row->town = (int)random_between(&w->random, 0, w->town_count - 1);
    return &w->business->towns[row->town];
}

static const char *const *list_of(const struct world *w, struct str name) {
    for (const struct demo_list *l = w->business->lists; l->name; l++)
        if (str_eqc(name, l->name)) return l->words;
    for (const struct demo_list *l = demo_lists_of_all; l->name; l++)
        if (str_eqc(name, l->name)) return l->words;
    return NULL;
}

static void add_from_list(struct world *w, struct world_row *row, struct buf *b, struct str name) {
    bool next = str_ends(name, STR("#"));
    if (next) name.len--;
    const char *const *words = list_of(w, name);
    int count = 0;
    while (words && words[count]) count++;
    if (count) buf_cstr(b, words[next ? (row->number - 1) % count : random_between(&w->random, 0, count - 1)]);
}

static void add_host(struct world *w, struct world_row *row, struct buf *b) {
    const struct world_cell *name = asked(w, row, STR("company_name")), *client = world_cell(row, STR("client_id"));
    if (!(name && name->text.len) && client && client->ref) name = world_cell(client->ref, STR("company_name"));
    if (name && name->text.len)
        add_slug(b, name->text);
    else
        buf_lit(b, "post");
    buf_lit(b, ".example");
}

/* "{10..99}", "{100..900/50}". */
static bool add_number(struct world *w, struct buf *b, struct str word) {
    ptrdiff_t dots = str_find(word, STR("..")), slash = str_index(word, '/');
    int64_t low, high, step = 1;
    if (dots < 0 || !str_to_int(str_slice(word, 0, (size_t)dots), &low)) return false;
    size_t end = slash < 0 ? word.len : (size_t)slash;
    if (!str_to_int(str_slice(word, (size_t)dots + 2, end), &high)) return false;
    if (slash >= 0 && !str_to_int(str_slice(word, end + 1, word.len), &step)) return false;
    buf_int(b, low + random_between(&w->random, 0, (high - low) / step) * step);
    return true;
}

/* "n", "k", "k:2", "k*3". */
static bool add_count(const struct world_row *row, struct buf *b, struct str word) {
    int64_t by;
    if (!word.len || (word.ptr[0] != 'n' && word.ptr[0] != 'k')) return false;
    int which = word.ptr[0] == 'n' ? row->number : row->among;
    if (word.len == 1)
        buf_int(b, which);
    else if (!str_to_int(str_slice(word, 2, word.len), &by))
        return false;
    else if (word.ptr[1] == ':')
        buf_printf(b, "%0*d", (int)by, which);
    else if (word.ptr[1] == '*')
        buf_int(b, which * by);
    else
        return false;
    return true;
}

static bool add_place(struct world *w, struct world_row *row, struct buf *b, struct str word) {
    if (str_eqc(word, "phone") || str_eqc(word, "mobile")) {
        int number = w->phone++;
        bool mobile = str_eqc(word, "mobile");
        if (mobile)
            buf_printf(b, "+61491570%03d", 100 + number % 900);
        else
            buf_printf(b, "+61%d%s%04d", town_of(w, row)->area_code, number / 10000 % 2 ? "7010" : "5550", number % 10000);
        return true;
    }
    if (str_eqc(word, "street")) {
        town_of(w, row);
        if (!row->street.len) row->street = world_words(w, row, STR("{1..190} {@streets}"));
        buf_add(b, row->street);
        return true;
    }
    const struct demo_town_of *town = str_in_words("city region postcode", word) ? town_of(w, row) : NULL;
    if (town) buf_cstr(b, str_eqc(word, "city") ? town->city : str_eqc(word, "region") ? town->region : town->postcode);
    return town != NULL;
}

static void add_word(struct world *w, struct world_row *row, struct buf *b, struct str word) {
    int64_t digits;
    if (word.len && word.ptr[0] == '@') {
        add_from_list(w, row, b, str_slice(word, 1, word.len));
    } else if (str_starts(word, STR("hex:")) && str_to_int(str_slice(word, 4, word.len), &digits)) {
        for (; digits > 0; digits--) buf_char(b, "0123456789abcdef"[random_between(&w->random, 0, 15)]);
    } else if (str_starts(word, STR("slug:"))) {
        const struct world_cell *c = asked(w, row, str_slice(word, 5, word.len));
        if (c) add_slug(b, c->text);
    } else if (str_eqc(word, "host")) {
        add_host(w, row, b);
    } else if (str_eqc(word, "today")) {
        buf_date(b, zone_day(w->zone, row->at));
    } else if (str_eqc(word, "year")) {
        buf_int(b, civil_from_date(zone_day(w->zone, row->at)).year);
    } else if (!add_count(row, b, word) && !add_place(w, row, b, word) && !add_number(w, b, word)) {
        struct world_row *of = row;
        const struct world_cell *c = NULL;
        for (struct str rest = word, part; of && str_split(&rest, '.', &part);) {
            c = str_eqc(part, "from") && of->from ? &(struct world_cell){.ref = of->from}
                : of == row                       ? asked(w, row, part)
                                                  : world_cell(of, part);
            of = c ? c->ref : NULL;
        }
        if (c && !c->ref) buf_add(b, c->text);
    }
}

struct str world_words(struct world *w, struct world_row *row, struct str template) {
    if (str_index(template, '{') < 0) return template;
    struct buf b = buf_new(w->arena, template.len + 64);
    for (size_t i = 0; i < template.len; i++) {
        if (template.ptr[i] != '{') {
            buf_char(&b, template.ptr[i]);
            continue;
        }
        size_t end = i + 1;
        while (end < template.len && template.ptr[end] != '}') end++;
        struct str word = str_slice(template, i + 1, end);
        if (word.len && word.ptr[0] == '"')
            buf_add(&b, str_slice(template, i, end + 1)); /* JSON */
        else if (word.len && word.ptr[0] == '{')
            buf_add(&b, str_slice(template, i, ++end + 1)), end++; /* {{variable}} */
        else
            add_word(w, row, &b, word);
        i = end;
    }
    return buf_str(&b);
}

/* ---- cells ----------------------------------------------------------------------------------------------------------------- */

static struct world_cell *add_cell(struct world_row *row, struct str name) {
    struct world_cell *c = &row->cells[row->cell_count++];
    *c = (struct world_cell){.name = name, .field = entity_field(row->set->entity, name)};
    return c;
}

/* The row that "=client_id.location_id" leads to. */
static struct world_row *led_to(struct world *w, struct world_row *row, struct str path) {
    struct world_row *of = row;
    struct str part;
    while (of && str_split(&path, '.', &part)) {
        const struct world_cell *c = of == row ? asked(w, row, part) : world_cell(of, part);
        of = str_eqc(part, "from") ? row->from : c ? c->ref : NULL;
    }
    return of == row ? NULL : of;
}

/* What is to be the same as in the record that is picked comes first. */
static void ask_bonds(struct world *w, struct world_row *row, const struct field *field) {
    for (int i = 0; i < row->set->entity->field_count; i++) {
        const struct field *f = &row->set->entity->fields[i];
        if (!f->to || f == field || f->flags & (IMPLICIT | READ_ONLY)) continue;
        if (f->flags & REQUIRED || str_eqc(f->name, "client_id")) asked(w, row, f->name);
    }
}

static struct world_row *picked(struct world *w, struct world_row *row, const struct field *field, struct str how) {
    int64_t percent;
    struct str conditions = str_trim(world_words(w, row, str_slice(how, 4, how.len))), rest = conditions, part;
    while (str_split(&rest, '&', &part))
        if (str_ends(part, STR("%")) && str_to_int(str_slice(part, 0, part.len - 1), &percent) &&
            !random_chance(&w->random, (int)percent))
            return NULL;
    if (!str_eqc(field->name, "client_id")) ask_bonds(w, row, field);
    const struct entity *to = field->to;
    if (!to && field->pair) {
        const struct world_cell *type = asked(w, row, field->pair->name);
        to = type ? registry_find(type->text) : NULL;
    }
    return to ? world_pick(w, row, field, to, conditions) : NULL;
}

static struct str moment_text(struct world *w, const struct field *field, int64_t at) {
    struct buf b = buf_new(w->arena, 32);
    if (field && field->kind == &kind_date)
        buf_date(&b, zone_day(w->zone, at));
    else
        buf_time(&b, at - at % MINUTE);
    return buf_str(&b);
}

/* Fills the cell that is at this place; others may come behind it meanwhile. */
static void fill_cell(struct world *w, struct world_row *row, int at, struct str template) {
    const struct field *field = row->cells[at].field;
    struct str text = world_choose(w, template);
    struct world_row *ref = NULL;
    int64_t moment;
    bool leads = field && (field->to || field->kind == &kind_subject_id);
    bool tells_time = !field || field->kind == &kind_date || field->kind == &kind_time;
    if (str_starts(text, STR("live:"))) {
        row->cells[at].text = text;
    } else if (tells_time && text.len && text.ptr[0] == '@') {
        if (world_moment(w, row, str_slice(text, 1, text.len), row->among, &moment))
            row->cells[at].text = moment_text(w, field, moment);
    } else if ((leads || !field) && text.len && text.ptr[0] == '=') {
        ref = led_to(w, row, str_slice(text, 1, text.len));
    } else if (leads && str_starts(text, STR("pick"))) {
        ref = picked(w, row, field, text);
    } else {
        text = world_words(w, row, text);
        row->cells[at].text = text;
    }
    if (ref) row->cells[at].ref = ref;
}

/* "+name", ">name", "!name" or "name" of a line or a column. */
static struct str bare(struct str name) { return name.len && strchr("+>!", name.ptr[0]) ? str_slice(name, 1, name.len) : name; }

static bool in_story(const struct world_row *row, struct str name, struct str *told, struct str *template) {
    if (!row->story) return false;
    struct str columns = str_of(row->set->table->deck[0]), cells = str_of(row->story), cell = {NULL, 0};
    while (str_split(&columns, '|', told)) {
        if (!str_split(&cells, '|', &cell)) cell = STR("");
        *template = str_trim(cell);
        *told = str_trim(*told);
        if (str_eq(bare(*told), name)) return true;
    }
    return false;
}

static bool in_lines(const struct world_row *row, struct str name, struct str *told, struct str *template) {
    const char *const *lines = row->set->table ? row->set->table->fields : NULL;
    for (; lines && *lines; lines++) {
        struct str line = str_of(*lines);
        size_t equals = (size_t)str_index(line, '=');
        *told = str_slice(line, 0, equals);
        *template = str_slice(line, equals + 1, line.len);
        if (str_eq(bare(*told), name)) return true;
    }
    return false;
}

static struct str type_of(struct world *w, struct world_row *row, const struct field *field) {
    const struct world_cell *type = asked(w, row, field->pair->name);
    return type ? type->text : STR("");
}

static const struct world_cell *asked(struct world *w, struct world_row *row, struct str name) {
    struct world_cell *known = world_cell(row, name);
    if (known || row->cells != w->draft) return known;
    const struct field *field = entity_field(row->set->entity, name);
    struct str told, template;
    bool said = in_story(row, name, &told, &template) || in_lines(row, name, &told, &template);
    if (!said && (!field || field->flags & IMPLICIT)) return NULL;
    if (field && field->kind == &kind_subject_id) type_of(w, row, field); /* comes first */
    int at = row->cell_count;
    struct world_cell *cell = add_cell(row, name);
    if (said && told.ptr[0] == '+') cell->field = NULL;
    cell->given = said && told.ptr[0] == '>';
    cell->needed = (said && told.ptr[0] == '!') || (field && field->flags & REQUIRED && !field->decl->initial);
    if (field && field->kind == &kind_subject_id) cell->needed = cell->needed || type_of(w, row, field).len > 0;
    if (!said) template = world_usual(w, row, field);
    if (template.len) fill_cell(w, row, at, template);
    return &row->cells[at];
}

void world_open(struct world_row *row) {
    row->cell_count = 0;
    if (!row->parent) return;
    *add_cell(row, row->set->each ? row->set->each->name : STR("parent")) = (struct world_cell){
        .name = row->set->each ? row->set->each->name : STR("parent"), .field = row->set->each, .ref = row->parent};
}

bool world_fill(struct world *w, struct world_row *row) {
    const struct entity *entity = row->set->entity;
    struct str columns = row->story ? str_of(row->set->table->deck[0]) : STR(""), name;
    while (str_split(&columns, '|', &name)) asked(w, row, bare(str_trim(name)));
    for (const char *const *line = row->set->table ? row->set->table->fields : NULL; line && *line; line++)
        asked(w, row, bare(str_slice(str_of(*line), 0, (size_t)str_index(str_of(*line), '='))));
    for (int i = 0; i < entity->field_count; i++)
        if (!(entity->fields[i].flags & IMPLICIT)) asked(w, row, entity->fields[i].name);
    for (int i = 0; i < row->cell_count; i++)
        if (row->cells[i].needed && !row->cells[i].ref && !row->cells[i].text.len) return false;
    return true;
}
