/* list_filter.c - chips and the form of filters. */
#include "http/list_filter.h"

#include "core/when.h"
#include "http/form_page.h"
#include "http/list_page.h"

/* ---- words ---------------------------------------------------------------------------------------------------------------- */

enum class { CLASS_TEXT, CLASS_NUMBER, CLASS_TIME, CLASS_CHOICE, CLASS_YES_NO, CLASS_SET, CLASS_COUNT };

static enum class class_of(const struct field *f) {
    if (f->kind == &kind_bool) return CLASS_YES_NO;
    if (f->kind == &kind_date || f->kind == &kind_time) return CLASS_TIME;
    if (f->kind == &kind_tags || f->kind == &kind_choices) return CLASS_SET;
    if (f->to || f->kind == &kind_choice || f->kind == &kind_subject_type) return CLASS_CHOICE;
    return f->kind->ops & OPS(OP_LT) ? CLASS_NUMBER : CLASS_TEXT;
}

/* Each comparison in the words of each class of fields, in the order in which they are offered; NULL: not offered. */
static const struct {
    enum op op;
    const char *words[CLASS_COUNT];
} op_words[] = {{OP_CONTAINS, {[CLASS_TEXT] = N_("contains")}},
                {OP_IN, {[CLASS_CHOICE] = N_("is any of")}},
                {OP_HAS, {[CLASS_SET] = N_("has")}},
                {OP_WITHIN, {[CLASS_TIME] = N_("is within")}},
                {OP_GTE, {[CLASS_NUMBER] = N_("at least"), [CLASS_TIME] = N_("from")}},
                {OP_LTE, {[CLASS_NUMBER] = N_("at most"), [CLASS_TIME] = N_("until")}},
                {OP_GT, {[CLASS_NUMBER] = N_("over"), [CLASS_TIME] = N_("after")}},
                {OP_LT, {[CLASS_NUMBER] = N_("under"), [CLASS_TIME] = N_("before")}},
                {OP_EQ, {[CLASS_TEXT] = N_("is"), [CLASS_NUMBER] = N_("is"), [CLASS_TIME] = N_("is"), [CLASS_YES_NO] = N_("is")}},
                {OP_STARTS, {[CLASS_TEXT] = N_("begins with")}},
                {OP_NE, {[CLASS_TEXT] = N_("is not"), [CLASS_NUMBER] = N_("is not"), [CLASS_CHOICE] = N_("is not"),
                         [CLASS_TIME] = N_("is not")}}};
#define OP_WORDS (sizeof op_words / sizeof *op_words)

static const char *words_of(const struct field *f, enum op op) {
    enum class class = class_of(f);
    for (size_t i = 0; i < OP_WORDS; i++)
        if (op_words[i].op == op && op_words[i].words[class]) return op_words[i].words[class];
    return op == OP_IN ? "is any of" : op == OP_NE ? "is not" : "is";
}

/* ---- chips ---------------------------------------------------------------------------------------------------------------- */

static void write_value(struct buf *b, struct values *values, const struct query_filter *f, struct value value) {
    if (f->field->to) {
        const struct value_state *state = values_state(values, f->field->to, value.integer);
        struct str title = state ? state->title : query_title(values->ctx, f->field->to, value.integer);
        buf_add(b, title.len ? title : lang_str(values->ctx->arena, STR(N_("(not there)"))));
    } else if (f->op == OP_CONTAINS || f->op == OP_STARTS || f->op == OP_HAS) buf_add(b, value.text);
    else {
        struct buf shown = buf_new(values->ctx->arena, 32);
        kind_to_display(&shown, f->field, &values->ctx->env, value);
        struct str all = buf_str(&shown);
        struct str even = f->field->kind == &kind_money ? value_short_money(&values->ctx->env, all) : all;
        bool cents = false;
        for (size_t i = even.len; i < all.len; i++) cents |= all.ptr[i] > '0' && all.ptr[i] <= '9';
        buf_add(b, cents ? all : even);
    }
}

static const char *icon_of(const struct field *f) {
    if (f->to) return f->to->decl->icon ? f->to->decl->icon : "table";
    if (f->kind == &kind_money) return "dollar";
    if (f->kind == &kind_tags) return "tag";
    return class_of(f) == CLASS_TIME ? "calendar" : "filter";
}

static struct list_chip chip_of(struct values *values, const struct query_filter *f) {
    struct buf b = buf_new(values->ctx->arena, 64);
    struct list_chip chip = {.label = f->field->label, .op = str_of(words_of(f->field, f->op)), .icon = icon_of(f->field)};
    if (f->op == OP_NULL) {
        chip.op = f->value.integer ? STR(N_("is empty")) : STR(N_("is not empty"));
        return chip;
    }
    if (f->op == OP_WITHIN)
        buf_cstr(&b, lang_cstr(b.arena, when_label(f->value.text)));
    else if (f->op != OP_IN) write_value(&b, values, f, f->value);
    for (int i = 0; f->op == OP_IN && i < f->value_count; i++) {
        if (i) buf_lit(&b, ", ");
        write_value(&b, values, f, f->values[i]);
    }
    chip.value = buf_str(&b);
    return chip;
}

static void fill_chips(struct request *req, struct query *q, struct values *values, struct str path, struct list_filter *filter) {
    filter->chips = arena_array(req->ctx.arena, struct list_chip, (size_t)q->filter_count);
    int arg = 0;
    for (int i = 0; i < q->filter_count; i++) { /* filters stand in the order of their parameters */
        while (arg < req->args.count && !str_starts(req->args.at[arg].name, STR("filter["))) arg++;
        struct list_chip *chip = &filter->chips[filter->chip_count++];
        *chip = chip_of(values, &q->filters[i]);
        chip->remove_href = list_href_without(req, path, arg++);
    }
}

/* ---- the form ------------------------------------------------------------------------------------------------------------- */

static bool filterable(const struct field *f) { return f && f->stored && !(f->flags & HIDDEN) && f->kind->ops; }

static const struct field *chosen_field(struct request *req, const struct entity *entity) {
    const struct field *f = entity_field(entity, request_arg(req, "f"));
    return filterable(f) ? f : NULL;
}

static void offer_fields(struct request *req, const struct entity *entity, struct list_filter *filter) {
    filter->fields = arena_array(req->ctx.arena, struct choice, (size_t)entity->field_count);
    for (int pass = 0; pass < 2; pass++) /* those that the entity offers first, then the others */
        for (int i = 0; i < entity->field_count; i++) {
            const struct field *f = &entity->fields[i];
            bool first = str_in_words(entity->decl->filter, f->name);
            if (filterable(f) && first == (pass == 0))
                filter->fields[filter->field_count++] = (struct choice){f->name, f->label, f == filter->field};
        }
}

static void offer_op(struct request *req, struct list_filter *filter, const char *name, const char *words) {
    filter->ops[filter->op_count++] =
        (struct choice){str_of(name), str_of(words), str_eqc(request_arg(req, "op"), name)};
}

static void offer_ops(struct request *req, struct list_filter *filter) {
    enum class class = class_of(filter->field);
    filter->ops = arena_array(req->ctx.arena, struct choice, OP_WORDS + 2);
    for (size_t i = 0; i < OP_WORDS; i++)
        if (op_words[i].words[class] && filter->field->kind->ops & OPS(op_words[i].op))
            offer_op(req, filter, query_op_name(op_words[i].op), op_words[i].words[class]);
    if (filter->field->flags & REQUIRED) return;
    offer_op(req, filter, "null", "is empty");
    offer_op(req, filter, "notnull", "is not empty");
}

static bool was_chosen(const struct request *req, struct str value) {
    for (int i = 0; i < req->args.count; i++)
        if (str_eqc(req->args.at[i].name, "v") && str_eq(req->args.at[i].value, value)) return true;
    return false;
}

/* Several may be ticked where the field has choices; users may be told by "Me", which stays true for whoever opens the view. */
static void several(struct request *req, struct input *in, const struct field *f) {
    struct choice *all = arena_array(req->ctx.arena, struct choice, in->choice_count + 1);
    size_t n = 0;
    if (f->to && str_eqc(f->to->name, "users")) all[n++] = (struct choice){STR("me"), STR("Me"), false};
    for (size_t i = 0; i < in->choice_count; i++) all[n++] = in->choices[i];
    for (size_t i = 0; i < n; i++) all[i].chosen = was_chosen(req, all[i].value);
    in->kind = INPUT_RADIO;
    in->multiple = true;
    in->choices = all;
    in->choice_count = n;
}

static void offer_value(struct request *req, struct list_filter *filter) {
    const struct field *f = filter->field;
    struct param typed = {f->name, request_arg(req, "v")};
    struct input in = form_input(req, f, NULL, &(struct params){&typed, 1}, NULL);
    if (in.kind == INPUT_SELECT && class_of(f) == CLASS_CHOICE) several(req, &in, f);
    else if (in.kind == INPUT_TEXT) in.kind = INPUT_LINE;
    else if (in.kind == INPUT_RADIO) in.kind = INPUT_SELECT;
    else if (in.kind == INPUT_CHECK) {
        struct choice *yes_no = arena_array(req->ctx.arena, struct choice, 2);
        yes_no[0] = (struct choice){STR("true"), STR("Yes"), false};
        yes_no[1] = (struct choice){STR("false"), STR("No"), false};
        in.kind = INPUT_SELECT;
        in.choices = yes_no;
        in.choice_count = 2;
    }
    if (in.kind == INPUT_LINE && !f->to && class_of(f) != CLASS_TIME) in.type = "text"; /* parts of an address are no address */
    in.name = STR("v");
    in.label = STR("Value");
    in.hint = f->to && in.kind == INPUT_LINE ? in.hint : STR(""); /* that the name is typed */
    in.required = true;
    in.error = filter->wrong;
    in.multiple = in.kind == INPUT_RADIO;
    filter->value = in;
}

/* Spans of time by their words, beside the control for one day. */
static void offer_spans(struct request *req, struct list_filter *filter) {
    size_t n = 0;
    while (when_word((int)n)) n++;
    filter->spans = arena_array(req->ctx.arena, struct choice, n);
    for (int i = 0; when_word(i); i++) {
        struct str word = str_of(when_word(i));
        bool chosen = str_eq(request_arg(req, "w"), word);
        if (chosen || when_offered(&req->ctx.env, i))
            filter->spans[filter->span_count++] = (struct choice){word, str_of(when_label(word)), chosen};
    }
}

void list_filter_fill(struct request *req, struct query *q, struct values *values, struct str path, struct list_filter *filter) {
    fill_chips(req, q, values, path, filter);
    filter->field = chosen_field(req, q->entity);
    offer_fields(req, q->entity, filter);
    filter->cancel_href = list_href_without(req, path, -1);
    if (!filter->field) return;
    offer_ops(req, filter);
    offer_value(req, filter);
    if (filter->field->kind->ops & OPS(OP_WITHIN)) offer_spans(req, filter);
}

/* ---- taking what it sends ------------------------------------------------------------------------------------------------- */

struct taken {
    struct request *req;
    const struct field *field;
    enum op op;
    struct buf href;
};

static void add_filter(struct taken *t, const char *op, struct str value) {
    struct buf name = buf_new(t->req->ctx.arena, 64);
    buf_printf(&name, "filter[%.*s]", STR_ARG(t->field->name));
    if (op[0]) buf_printf(&name, "[%s]", op);
    list_add_param(&t->href, buf_str(&name), value);
}

/* A value as the address carries it, or nothing with an error on the field. */
static struct str checked(struct taken *t, struct str value) {
    struct ctx *ctx = &t->req->ctx;
    struct value parsed;
    if (t->op == OP_CONTAINS || t->op == OP_STARTS || t->op == OP_HAS || str_eqc(value, "me")) return value;
    if (t->field->to) value = form_id_by_name(t->req, t->field, value);
    return value.len && kind_parse(t->field, &ctx->env, value, &parsed, &ctx->errors) ? value : STR("");
}

static void take_values(struct taken *t) {
    struct ctx *ctx = &t->req->ctx;
    struct buf list = buf_new(ctx->arena, 64);
    bool any = false;
    for (int i = 0; i < t->req->args.count && !ctx->errors.count; i++) {
        const struct param *p = &t->req->args.at[i];
        if (!str_eqc(p->name, "v") || !str_trim(p->value).len) continue;
        struct str value = checked(t, str_trim(p->value));
        any = any || value.len;
        if (t->op != OP_IN) add_filter(t, t->op == OP_EQ ? "" : query_op_name(t->op), value);
        else {
            if (list.len) buf_char(&list, ',');
            buf_add(&list, value);
        }
    }
    if (!any && !ctx->errors.count)
        errors_add(&ctx->errors, 422, "required", t->field->decl->name, "Say which value.");
    if (any && t->op == OP_IN) add_filter(t, "", buf_str(&list));
}

bool list_filter_sent(struct request *req, struct response *res, const struct entity *entity, struct str path,
                      struct list_filter *filter) {
    const struct field *f = chosen_field(req, entity);
    struct str op = request_arg(req, "op");
    if (!f || !str_eq(request_arg(req, "of"), f->name)) return false;
    struct taken t = {.req = req, .field = f, .href = buf_new(req->ctx.arena, 128)};
    buf_add(&t.href, list_href_without(req, path, -1));
    if (str_eqc(op, "null") || str_eqc(op, "notnull")) add_filter(&t, "null", str_eqc(op, "null") ? STR("true") : STR("false"));
    else if (str_eqc(op, "within") && f->kind->ops & OPS(OP_WITHIN) && when_label(request_arg(req, "w")))
        add_filter(&t, "within", request_arg(req, "w"));
    else if (query_op_find(op, &t.op) && t.op != OP_WITHIN && f->kind->ops & OPS(t.op)) take_values(&t);
    else errors_add(&req->ctx.errors, 422, "bad_operator", f->decl->name, "Choose a comparison.");
    if (req->ctx.errors.count) { /* said beside the value: the list itself is all right */
        filter->wrong = req->ctx.errors.first->message;
        errors_clear(&req->ctx.errors);
        return false;
    }
    respond_redirect(req, res, buf_str(&t.href));
    return true;
}
