/* world_usual.c - what stands in a field that no table speaks of: by its name where that says enough, else by its kind. */
#include "app/demo/world.h"
#include "core/registry.h"

static const struct {
    const char *names, *template;
} usual[] = {
    {"first_name", "{@first}"},
    {"last_name", "{@last}"},
    {"contact_name", "{@first} {@last}"},
    {"email", "{slug:first_name}.{slug:last_name}@{host}"},
    {"supplier_email", "orders@supplier{n}.example"},
    {"phone supplier_phone from_number to_number", "{phone}"},
    {"mobile", "{mobile}"},
    {"address_line1 street_address", "{street}"},
    {"city", "{city}"},
    {"region", "{region}"},
    {"postal_code", "{postcode}"},
    {"country", "Australia"},
    {"website url", "https://www.{host}"},
    {"serial_number", "{hex:4}-{10000..99999}"},
    {"mac_address", "02:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}"},
    {"ip_address", "10.{1..60}.{0..9}.{2..250}"},
    {"tax_number", "{10..99} {100..999} {100..999} {100..999}"},
    {"account_number", "{100000..999999}"},
    {"account_code", "{200..499}"},
    {"sku", "{n}{hex:3}"},
    {"quantity", "{1..12}"},
    {"position", "{k}"},
    {"probability", "{10..90/10}"},
    {"progress_percent", "{0..100/10}"},
    {"timezone language custom_fields preferences settings address_line2 currency tax_rate_id", ""},
    {"password totp_secret license_key wifi_password private_key transfer_code", "{@nouns}-{@nouns}-{100..999}"},
};

/* The choice that a record starts with says enough, unless its choice is what tells records apart. */
static struct str one_choice(struct world *w, const struct field *field) {
    if (field->decl->initial && strcmp(field->decl->name, "priority") != 0) return STR("");
    int count = 0;
    while (field->decl->choices[count]) count++;
    return str_of(field->decl->choices[random_between(&w->random, 0, count - 1)]);
}

static bool has_word(struct str name, const char *part) { return str_find(name, str_of(part)) >= 0; }

static struct str date_of(const struct field *field) {
    struct str n = field->name;
    if (field->flags & DUE || has_word(n, "expir") || has_word(n, "until")) return STR("@+20..200d");
    if (has_word(n, "end") || has_word(n, "to") || has_word(n, "next") || has_word(n, "completion")) return STR("@+30..90d");
    if (has_word(n, "purchase") || has_word(n, "regist")) return STR("@-60..900d");
    return STR("@+0..9d");
}

static struct str money_of(struct str name) {
    if (has_word(name, "price") || has_word(name, "rate") || has_word(name, "cost")) return STR("{20..480/5}");
    return STR("{500..9500/50}");
}

static struct str number_of(struct world *w, const struct field *field) {
    int64_t least = field->decl->min, most = field->decl->max;
    if (most <= least) return STR("{1..20}");
    if (field->kind == &kind_decimal || field->kind == &kind_percent) {
        int64_t scale = 1;
        for (int i = 0; i < (field->kind == &kind_percent ? 2 : field->decl->scale); i++) scale *= 10;
        least /= scale;
        most /= scale;
    }
    int64_t shown = random_between(&w->random, least > 1 ? least : 1, most < 20 ? most : 20);
    return str_printf(w->arena, "%lld", (long long)(shown > most ? most : shown));
}

static bool leads_somewhere(const struct world *w, struct str entity) {
    const struct entity *to = registry_find(entity);
    return to && world_set(w, to)->count > 0;
}

/* What it is about: one of the kinds of record that there are. */
static struct str subject_of(struct world *w, const struct field *field) {
    struct str rest = str_of(field->decl->subjects), word;
    int count = 0;
    struct str found = STR("");
    while (str_word(&rest, &word))
        if (leads_somewhere(w, word) && random_between(&w->random, 0, count++) == 0) found = word;
    return found;
}

static struct str words_of(struct world *w, const struct world_row *row, const struct field *field) {
    const struct entity_decl *decl = row->set->entity->decl;
    if (row->set->entity->title == field || strcmp(field->decl->name, "name") == 0)
        return str_printf(w->arena, "%s {n}", decl->one);
    if (field->flags & REQUIRED)
        return strchr(field->decl->name, '_') && (has_word(field->name, "hash") || has_word(field->name, "key"))
                   ? STR("{hex:40}")
                   : STR("{@nouns} {n}");
    return STR("");
}

static bool is_people(const struct field *field) { return field->to && str_eqc(field->to->name, "users"); }

struct str world_usual(struct world *w, struct world_row *row, const struct field *field) {
    bool tabled = row->set->table != NULL, required = field->flags & REQUIRED;
    if (field->decl->kept.how || field->flags & (COMPUTED | TRANSIENT) || field->kind == &kind_file) return STR("");
    if (field->flags & (READ_ONLY | HIDDEN) && !required) return STR("");
    if (field->decl->initial && field->kind != &kind_choice && !is_people(field)) return STR("");
    bool nobody = !entity_field(row->set->entity, STR("first_name"));
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (str_in_words(usual[i].names, field->name) && !(tabled && field->kind == &kind_url) &&
            !(nobody && field->kind == &kind_email))
            return str_of(usual[i].template);
    if (field->kind == &kind_subject_type) return subject_of(w, field);
    if (field->kind == &kind_subject_id) return STR("pick");
    if (field->to) {
        if (required || !tabled || str_in_words("contact_id location_id", field->name)) return STR("pick");
        return is_people(field) && str_in_words("assigned_to_id user_id", field->name)
                   ? STR("pick role=supervisor,sales_agent,support_agent,technician,dispatcher")
                   : STR("");
    }
    if (field->kind == &kind_choice) return one_choice(w, field);
    if (field->kind == &kind_choices) return required ? str_of(field->decl->choices[0]) : STR("");
    if (tabled && !required && (field->kind != &kind_secret || !str_eqc(field->name, "password"))) return STR("");
    if (field->kind == &kind_date || field->kind == &kind_time) return date_of(field);
    if (field->kind == &kind_money) return money_of(field->name);
    if (field->kind == &kind_bool) return STR("false");
    if (field->kind == &kind_duration) return STR("{15..120/15}");
    if (field->kind == &kind_color) return STR("#{hex:6}");
    if (field->kind == &kind_json)
        return field->decl->shape && strcmp(field->decl->shape, "array") == 0 ? STR("[]") : STR("{\"a\": 1}");
    if (field->kind == &kind_int || field->kind == &kind_decimal || field->kind == &kind_percent) return number_of(w, field);
    if (field->kind == &kind_secret) return STR("{@nouns}-{@nouns}-{100..999}");
    if (field->kind == &kind_email) return STR("{@first}{n}@post.example");
    if (field->kind == &kind_phone) return STR("{phone}");
    if (field->kind == &kind_url) return STR("https://www.{host}");
    if (field->kind == &kind_tags) return required ? STR("{@nouns}") : STR("");
    return words_of(w, row, field);
}
