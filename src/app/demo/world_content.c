/* world_content.c - what is in the files that demo people upload: plain texts, and small drawn pictures. */
#include "app/demo/world.h"

#define WIDTH 240
#define HEIGHT 160
#define ROW (WIDTH + 1)

static void add_u32(struct buf *b, uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8) buf_char(b, (char)(n >> shift & 255));
}

static uint32_t crc_of(const char *bytes, size_t count) {
    uint32_t crc = UINT32_C(0xffffffff);
    for (size_t i = 0; i < count; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ UINT32_C(0xedb88320) : crc >> 1;
    }
    return ~crc;
}

static uint32_t adler_of(struct str bytes) {
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        a = (a + (unsigned char)bytes.ptr[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

static void add_chunk(struct buf *png, const char *type, struct str data) {
    add_u32(png, (uint32_t)data.len);
    size_t from = png->len;
    buf_cstr(png, type);
    buf_add(png, data);
    add_u32(png, crc_of(png->ptr + from, png->len - from));
}

/* Which colour of the palette: sky, sun, roof, wall, door, ground. */
static int color_at(int x, int y, int shift) {
    int left = 70 + shift % 40, middle = left + 50;
    int dx = x - 200, dy = y - 35;
    if (dx * dx + dy * dy < 256) return 1;
    if (y >= 60 && y < 90 && x > middle - (y - 60) * 2 && x < middle + (y - 60) * 2) return 2;
    if (y >= 90 && y < 130 && x > left && x < left + 100) return x > middle - 8 && x < middle + 8 && y > 104 ? 4 : 3;
    return y >= 130 ? 5 : 0;
}

/* A house under the sun, stored without compression. */
static struct str picture(struct arena *arena, uint64_t seed) {
    static const unsigned char sky[][3] = {{191, 219, 254}, {224, 242, 254}, {254, 215, 170}, {199, 210, 254}};
    static const unsigned char walls[][3] = {{253, 230, 138}, {214, 211, 209}, {167, 243, 208}, {254, 202, 202}};
    const unsigned char *s = sky[seed % 4], *v = walls[seed / 4 % 4];
    const unsigned char colors[6][3] = {{s[0], s[1], s[2]}, {250, 204, 21}, {153, 27, 27},
                                        {v[0], v[1], v[2]}, {68, 64, 60},   {101, 163, 13}};
    struct buf pixels = buf_new(arena, (size_t)ROW * HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
        buf_char(&pixels, 0);
        for (int x = 0; x < WIDTH; x++) buf_char(&pixels, (char)color_at(x, y, (int)(seed * 7 % 40)));
    }
    struct str raw = buf_str(&pixels);
    struct buf head = buf_new(arena, 16), data = buf_new(arena, raw.len + 16), png = buf_new(arena, raw.len + 256);
    add_u32(&head, WIDTH);
    add_u32(&head, HEIGHT);
    buf_add(&head, (struct str){"\x08\x03\0\0\0", 5});
    buf_add(&data, (struct str){"\x78\x01\x01", 3}); /* one stored block */
    buf_char(&data, (char)(raw.len & 255));
    buf_char(&data, (char)(raw.len >> 8));
    buf_char(&data, (char)(~raw.len & 255));
    buf_char(&data, (char)(~raw.len >> 8 & 255));
    buf_add(&data, raw);
    add_u32(&data, adler_of(raw));
    buf_add(&png, (struct str){"\x89PNG\r\n\x1a\n", 8});
    add_chunk(&png, "IHDR", buf_str(&head));
    add_chunk(&png, "PLTE", (struct str){(const char *)colors, sizeof colors});
    add_chunk(&png, "IDAT", buf_str(&data));
    add_chunk(&png, "IEND", STR(""));
    return buf_str(&png);
}

struct str world_content(struct arena *arena, struct str name, struct str text, uint64_t seed) {
    if (str_ends(name, STR(".png"))) return picture(arena, seed);
    return str_printf(arena, "%.*s\n\n%.*s\n", STR_ARG(name), STR_ARG(text));
}
