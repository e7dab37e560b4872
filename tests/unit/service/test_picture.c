/* test_picture.c - small JPEGs of foreign pictures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include "service/picture.h"

static struct arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return 0;
}
static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

/* Red above, blue below; the right half is transparent. */
static unsigned char *halves(int width, int height) {
    unsigned char *rgba = malloc((size_t)width * (size_t)height * 4);
    assert_non_null(rgba);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            unsigned char *p = rgba + ((size_t)y * (size_t)width + (size_t)x) * 4;
            p[0] = y < height / 2 ? 255 : 0;
            p[1] = 0;
            p[2] = y < height / 2 ? 0 : 255;
            p[3] = x < width / 2 ? 255 : 0;
        }
    return rgba;
}

static struct str png_of(int width, int height) {
    unsigned char *rgba = halves(width, height);
    png_image info = {.version = PNG_IMAGE_VERSION, .width = (png_uint_32)width, .height = (png_uint_32)height};
    info.format = PNG_FORMAT_RGBA;
    png_alloc_size_t size = 0;
    assert_true(png_image_write_to_memory(&info, NULL, &size, 0, rgba, 0, NULL));
    char *bytes = arena_alloc(arena, size);
    assert_true(png_image_write_to_memory(&info, bytes, &size, 0, rgba, 0, NULL));
    free(rgba);
    return (struct str){bytes, size};
}

static struct str webp_of(int width, int height) {
    unsigned char *rgba = halves(width, height);
    uint8_t *bytes = NULL;
    size_t size = WebPEncodeLosslessRGBA(rgba, width, height, width * 4, &bytes);
    struct str all = str_dup(arena, (struct str){(const char *)bytes, size});
    WebPFree(bytes);
    free(rgba);
    return all;
}

struct seen {
    int width, height;
    unsigned char *rgb;
};

static struct seen look(struct str jpeg) {
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    info.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, (const unsigned char *)jpeg.ptr, (unsigned long)jpeg.len);
    jpeg_read_header(&info, TRUE);
    jpeg_start_decompress(&info);
    struct seen seen = {(int)info.output_width, (int)info.output_height, NULL};
    seen.rgb = arena_alloc(arena, (size_t)seen.width * (size_t)seen.height * 3);
    while (info.output_scanline < info.output_height) {
        unsigned char *row = seen.rgb + (size_t)info.output_scanline * (size_t)seen.width * 3;
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_destroy_decompress(&info);
    return seen;
}

/* 'r', 'b', 'w' or '?' for the colour at a place given in percent. */
static char colour(struct seen seen, int x, int y) {
    const unsigned char *p =
        seen.rgb + ((size_t)(seen.height * y / 100) * (size_t)seen.width + (size_t)(seen.width * x / 100)) * 3;
    if (p[0] > 200 && p[1] > 200 && p[2] > 200) return 'w';
    if (p[0] > 200 && p[1] < 60 && p[2] < 60) return 'r';
    return p[2] > 200 && p[0] < 60 && p[1] < 60 ? 'b' : '?';
}

static struct seen thumbnail(struct str bytes, int side) {
    struct str small;
    assert_true(picture_thumbnail(arena, bytes, side, &small));
    return look(small);
}

static void each_format_becomes_a_small_picture_on_white(void **state) {
    (void)state;
    struct str jpeg;
    assert_true(picture_thumbnail(arena, png_of(900, 600), 1000, &jpeg));
    struct str all[] = {png_of(900, 600), webp_of(900, 600), jpeg};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct seen seen = thumbnail(all[i], 90);
        assert_int_equal(seen.width, 90);
        assert_int_equal(seen.height, 60);
        assert_int_equal(colour(seen, 20, 20), 'r');
        assert_int_equal(colour(seen, 20, 80), 'b');
        assert_int_equal(colour(seen, 80, 50), 'w');
    }
}

static void what_is_small_already_is_not_made_larger(void **state) {
    (void)state;
    struct seen seen = thumbnail(png_of(3, 2), 480);
    assert_int_equal(seen.width, 3);
    assert_int_equal(seen.height, 2);
    seen = thumbnail(png_of(2000, 1), 100);
    assert_int_equal(seen.width, 100);
    assert_int_equal(seen.height, 1);
}

/* With what a camera writes about how it was held, in either order of bytes. */
static struct str held(struct str jpeg, int orientation, bool big) {
    static const unsigned char little_tag[] = {0xff, 0xe1, 0,    34, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0,
                                               1,    0,    0x12, 1,  3,   0,   1,   0,   0, 0, 0,   0,   0,  0, 0, 0, 0, 0};
    static const unsigned char big_tag[] = {0xff, 0xe1, 0, 34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                                            0,    1,    1, 0x12, 0,   3,   0,   0,   0, 1, 0,   0,   0, 0,  0, 0, 0, 0};
    char *bytes = arena_alloc(arena, jpeg.len + sizeof little_tag);
    memcpy(bytes, jpeg.ptr, 2);
    memcpy(bytes + 2, big ? big_tag : little_tag, sizeof little_tag);
    bytes[2 + (big ? 29 : 28)] = (char)orientation;
    memcpy(bytes + 2 + sizeof little_tag, jpeg.ptr + 2, jpeg.len - 2);
    return (struct str){bytes, jpeg.len + sizeof little_tag};
}

static void a_picture_stands_as_the_camera_was_held(void **state) {
    (void)state;
    /* Top left, top right, bottom left, bottom right of what the camera saw as red, white above blue, white. */
    static const char corners[9][5] = {"", "rwbw", "wrwb", "wbwr", "bwrw", "rbww", "brww", "wwbr", "wwrb"};
    struct str jpeg;
    assert_true(picture_thumbnail(arena, png_of(80, 40), 80, &jpeg));
    for (int o = 1; o <= 8; o++)
        for (int big = 0; big < 2; big++) {
            struct seen seen = thumbnail(held(jpeg, o, big), 80);
            assert_int_equal(seen.width, o > 4 ? 40 : 80);
            char found[] = {colour(seen, 20, 20), colour(seen, 80, 20), colour(seen, 20, 80), colour(seen, 80, 80), 0};
            if (strcmp(found, corners[o]) != 0) fail_msg("held as %d: %s, not %s", o, found, corners[o]);
        }
}

static void what_is_cut_broken_or_something_else_does_no_harm(void **state) {
    (void)state;
    struct str jpeg, small;
    assert_true(picture_thumbnail(arena, png_of(300, 200), 300, &jpeg));
    struct str all[] = {png_of(300, 200), webp_of(300, 200), held(jpeg, 6, true)};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (size_t n = 0; n < all[i].len; n += all[i].len / 60 + 1) {
            picture_thumbnail(arena, str_slice(all[i], 0, n), 64, &small);
            char *bytes = (char *)(uintptr_t)str_dup(arena, all[i]).ptr;
            bytes[n] ^= 0x55;
            picture_thumbnail(arena, (struct str){bytes, all[i].len}, 64, &small);
        }
    assert_false(picture_thumbnail(arena, STR("GIF89a and more of it"), 64, &small));
    assert_false(picture_thumbnail(arena, STR(""), 64, &small));
    assert_false(picture_thumbnail(arena, png_of(10, 10), 0, &small));
    assert_false(picture_thumbnail(arena, png_of(10, 10), PICTURE_SIDE + 1, &small));
}

/* A few bytes may say that they are a picture of any size: nothing is allotted for it. */
static void a_picture_that_claims_too_many_pixels_is_not_decoded(void **state) {
    (void)state;
    struct str png = png_of(10, 10), small;
    char *bytes = (char *)(uintptr_t)png.ptr;
    memcpy(bytes + 16, "\0\0\x7f\xff\0\0\x7f\xff", 8);
    assert_false(picture_thumbnail(arena, png, 64, &small));
    struct str jpeg;
    assert_true(picture_thumbnail(arena, png_of(64, 64), 64, &jpeg));
    bytes = (char *)(uintptr_t)jpeg.ptr;
    for (size_t i = 0; i + 9 < jpeg.len; i++)
        if (memcmp(bytes + i, "\xff\xc0", 2) == 0) {
            memcpy(bytes + i + 5, "\xff\x00\xff\x00", 4);
            break;
        }
    assert_false(picture_thumbnail(arena, jpeg, 64, &small));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_format_becomes_a_small_picture_on_white),
        TEST(what_is_small_already_is_not_made_larger),
        TEST(a_picture_stands_as_the_camera_was_held),
        TEST(what_is_cut_broken_or_something_else_does_no_harm),
        TEST(a_picture_that_claims_too_many_pixels_is_not_decoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
