/* test_assets.c - what the browser needs is inside, whole and found by its path. */
#include "base_test.h"

#include <zlib.h>

#include "base/assets.h"

static void every_asset_is_found_by_its_path(void **state) {
    (void)state;
    assert_true(asset_count > 5);
    for (size_t i = 0; i < asset_count; i++) {
        assert_ptr_equal(asset_find(asset_table[i].path), &asset_table[i]);
        assert_ptr_equal(asset_path(asset_table[i].name.ptr).ptr, asset_table[i].path.ptr);
        if (i) assert_true(str_cmp(asset_table[i - 1].path, asset_table[i].path) < 0);
    }
}

static void other_paths_find_nothing(void **state) {
    (void)state;
    static const char *const others[] = {"", "/", "/assets/", "/assets/app.css", "/assets/../app.css", "/assets/zzzz"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) assert_null(asset_find(str_of(others[i])));
    struct str path = asset_path("app.css");
    assert_null(asset_find(str_slice(path, 0, path.len - 1)));
    assert_null(asset_find(str_printf(arena, "%.*sx", STR_ARG(path))));
}

static void the_gzip_form_is_the_same_text(void **state) {
    (void)state;
    int packed = 0;
    for (size_t i = 0; i < asset_count; i++) {
        const struct asset *asset = &asset_table[i];
        if (!asset->gz.len) continue;
        packed++;
        assert_true(asset->gz.len < asset->body.len && asset->br.len && asset->br.len < asset->body.len);
        char *out = arena_raw(arena, asset->body.len + 1);
        z_stream z = {.next_in = (unsigned char *)(uintptr_t)asset->gz.ptr,
                      .avail_in = (uInt)asset->gz.len,
                      .next_out = (unsigned char *)out,
                      .avail_out = (uInt)asset->body.len + 1};
        assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        inflateEnd(&z);
        assert_true(str_eq((struct str){out, z.total_out}, asset->body));
    }
    assert_true(packed >= 2);
}

static void the_style_sheet_names_its_fonts_by_hashed_paths(void **state) {
    (void)state;
    const struct asset *css = asset_find(asset_path("app.css"));
    assert_text(css->type, "text/css; charset=utf-8");
    assert_true(str_find(css->body, asset_path("inter-latin.woff2")) > 0);
    assert_int_equal(str_find(css->body, STR("/assets/inter-latin.woff2")), -1);
    assert_true(str_find(css->body, STR(".i-search{")) > 0);
    assert_int_equal(css->etag[0], '"');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_asset_is_found_by_its_path),
        TEST(other_paths_find_nothing),
        TEST(the_gzip_form_is_the_same_text),
        TEST(the_style_sheet_names_its_fonts_by_hashed_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
