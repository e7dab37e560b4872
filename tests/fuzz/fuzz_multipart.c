/* fuzz_multipart.c - a form read in pieces is the form read whole: the same parts, the same bytes, the same refusal. */
#include "base/buf.h"
#include "base/utf8.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    struct buf told; /* everything that the sink was told, in order */
    int open;
};

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

static bool part_begin(void *arg, const struct multipart_part *part, struct errors *errors) {
    (void)errors;
    struct seen *seen = arg;
    require(seen->open == 0 && utf8_valid(part->name) && utf8_valid(part->file_name));
    require(str_index(part->file_name, '/') < 0 && str_index(part->name, 0) < 0);
    seen->open = 1;
    buf_lit(&seen->told, "\nbegin ");
    buf_add(&seen->told, part->name);
    buf_char(&seen->told, '|');
    buf_add(&seen->told, part->file_name);
    buf_char(&seen->told, '|');
    return true;
}

static bool part_data(void *arg, struct str bytes, struct errors *errors) {
    (void)errors;
    struct seen *seen = arg;
    require(seen->open == 1);
    buf_add(&seen->told, bytes);
    return true;
}

static bool part_end(void *arg, struct errors *errors) {
    (void)errors;
    struct seen *seen = arg;
    require(seen->open == 1);
    seen->open = 0;
    buf_lit(&seen->told, "\nend");
    return true;
}

static bool feed(struct arena *arena, struct str text, size_t step, struct seen *seen) {
    *seen = (struct seen){.told = buf_new(arena, 64)};
    struct errors errors = {.arena = arena};
    struct multipart_sink sink = {part_begin, part_data, part_end, seen};
    struct multipart *m = multipart_new(arena, STR("xyz"), &sink);
    for (size_t at = 0; at < text.len; at += step) {
        if (!multipart_feed(m, str_slice(text, at, at + step), &errors)) {
            require(errors.count > 0);
            return false;
        }
    }
    bool whole = multipart_end(m, &errors);
    require(whole == (errors.count == 0));
    return whole;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)64 << 20);
    if (size > 1) {
        struct seen whole, pieces;
        struct str text = {(const char *)data + 1, size - 1};
        bool a = feed(arena, text, text.len, &whole);
        bool b = feed(arena, text, 1 + data[0] % 16, &pieces);
        require(a == b);
        require(!a || str_eq(buf_str(&whole.told), buf_str(&pieces.told)));
    }
    multipart_boundary(arena, (struct str){(const char *)data, size});
    arena_free(arena);
    return 0;
}
