/* picture.c - small JPEGs of foreign pictures (picture.h). */
#include "service/picture.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

#define LEAST_BYTES 12
#define QUALITY 80
#define JPEG_MEMORY (96L << 20) /* a progressive picture is held whole, as coefficients */
#define JPEG_SCANS 64           /* more passes over the same picture are made to take time */
#define LONGEST_SIDE 65500

struct image {
    unsigned char *rgb;
    int width, height;
};

static bool image_new(struct image *image, int width, int height) {
    *image = (struct image){malloc((size_t)width * (size_t)height * 3), width, height};
    return image->rgb != NULL;
}

static void image_free(struct image *image) {
    free(image->rgb);
    image->rgb = NULL;
}

static bool fits(int64_t width, int64_t height, int64_t most) {
    return width > 0 && height > 0 && width <= LONGEST_SIDE && height <= LONGEST_SIDE && width * height <= most;
}

/* The size in which it fits into the square; never more than it has. */
static void fit(int width, int height, int side, int *to_width, int *to_height) {
    int longer = width > height ? width : height;
    if (longer < side) side = longer;
    *to_width = (int)(((int64_t)width * side + longer / 2) / longer);
    *to_height = (int)(((int64_t)height * side + longer / 2) / longer);
    if (*to_width < 1) *to_width = 1;
    if (*to_height < 1) *to_height = 1;
}

/* ---- smaller, and the right way up ----------------------------------------------------------------------------------------- */

/* The mean of what falls on each pixel. */
static void mean(const struct image *from, int x0, int x1, int y0, int y1, unsigned char out[3]) {
    uint64_t sum[3] = {0, 0, 0}, count = (uint64_t)(x1 - x0) * (uint64_t)(y1 - y0);
    for (int y = y0; y < y1; y++) {
        const unsigned char *p = from->rgb + ((size_t)y * (size_t)from->width + (size_t)x0) * 3;
        for (int x = x0; x < x1; x++, p += 3)
            for (int c = 0; c < 3; c++) sum[c] += p[c];
    }
    for (int c = 0; c < 3; c++) out[c] = (unsigned char)(sum[c] / count);
}

static int edge(int i, int from, int to) { return (int)((int64_t)i * from / to); }

static bool shrink(struct image *image, int side) {
    struct image small;
    int width, height;
    fit(image->width, image->height, side, &width, &height);
    if (width == image->width && height == image->height) return true;
    if (!image_new(&small, width, height)) return false;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            mean(image, edge(x, image->width, width), edge(x + 1, image->width, width), edge(y, image->height, height),
                 edge(y + 1, image->height, height), small.rgb + ((size_t)y * (size_t)width + (size_t)x) * 3);
    image_free(image);
    *image = small;
    return true;
}

/* How a camera was held: 2, 4, 5 and 7 are mirrored, 3 stands on its head, 6 and 8 lie on a side. */
static bool turn(struct image *image, int orientation) {
    if (orientation < 2 || orientation > 8) return true;
    struct image turned;
    bool lies = orientation > 4;
    int w = image->width, h = image->height;
    if (!image_new(&turned, lies ? h : w, lies ? w : h)) return false;
    for (int y = 0; y < turned.height; y++)
        for (int x = 0; x < turned.width; x++) {
            int from_x = lies ? y : x, from_y = lies ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) from_x = w - 1 - from_x;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) from_y = h - 1 - from_y;
            memcpy(turned.rgb + ((size_t)y * (size_t)turned.width + (size_t)x) * 3,
                   image->rgb + ((size_t)from_y * (size_t)w + (size_t)from_x) * 3, 3);
        }
    image_free(image);
    *image = turned;
    return true;
}

/* ---- JPEG ------------------------------------------------------------------------------------------------------------------ */

struct jpeg {
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
};

static void jpeg_fails(j_common_ptr info) {
    struct jpeg *jpeg = info->client_data;
    longjmp(jpeg->out, 1);
}

static void jpeg_says(j_common_ptr info, int level) {
    (void)info;
    (void)level;
}

static void jpeg_goes_on(j_common_ptr info) {
    if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > JPEG_SCANS) jpeg_fails(info);
}

static void jpeg_guard(j_common_ptr info, struct jpeg *jpeg) {
    info->err = jpeg_std_error(&jpeg->errors);
    jpeg->errors.error_exit = jpeg_fails;
    jpeg->errors.emit_message = jpeg_says;
    info->client_data = jpeg;
}

static unsigned number(const unsigned char *p, int bytes, bool big) {
    unsigned n = 0;
    for (int i = 0; i < bytes; i++) n = n << 8 | p[big ? i : bytes - 1 - i];
    return n;
}

/* The tag 0x0112 of the first directory of an Exif block; 0 where there is none. */
static int orientation_of(const unsigned char *p, size_t len) {
    if (len < 20 || memcmp(p, "Exif\0\0", 6) != 0) return 0;
    p += 6, len -= 6;
    bool big = p[0] == 'M';
    size_t at = number(p + 4, 4, big);
    if (at > len - 2) return 0;
    unsigned count = number(p + at, 2, big);
    at += 2;
    for (unsigned i = 0; i < count && at + 12 <= len; i++, at += 12)
        if (number(p + at, 2, big) == 0x0112) return (int)number(p + at + 8, 2, big);
    return 0;
}

static int jpeg_orientation(const struct jpeg_decompress_struct *info) {
    for (const struct jpeg_marker_struct *m = info->marker_list; m; m = m->next) {
        int orientation = m->marker == JPEG_APP0 + 1 ? orientation_of(m->data, m->data_length) : 0;
        if (orientation) return orientation;
    }
    return 0;
}

/* Four inks, as programs for print write them: turned round. */
static void from_inks(unsigned char *row, const unsigned char *inks, int width) {
    for (int x = 0; x < width; x++)
        for (int c = 0; c < 3; c++) row[3 * x + c] = (unsigned char)(inks[4 * x + c] * inks[4 * x + 3] / 255);
}

static bool jpeg_rows(struct jpeg_decompress_struct *info, struct image *image, unsigned char *inks) {
    int width = (int)info->output_width;
    while (info->output_scanline < info->output_height) {
        unsigned char *row = image->rgb + (size_t)info->output_scanline * (size_t)width * 3;
        unsigned char *into = inks ? inks : row;
        if (jpeg_read_scanlines(info, &into, 1) != 1) return false;
        if (inks) from_inks(row, inks, width);
    }
    return true;
}

/* Already in the library to an eighth, a quarter or a half, as long as that is not too small. */
static void jpeg_scale(struct jpeg_decompress_struct *info, int side) {
    unsigned longer = info->image_width > info->image_height ? info->image_width : info->image_height, eighths = 1;
    while (eighths < 8 && longer * eighths / 8 < (unsigned)side) eighths *= 2;
    info->scale_num = eighths;
    info->scale_denom = 8;
}

static bool jpeg_begin(struct jpeg_decompress_struct *info, struct jpeg *jpeg, struct str bytes, int side) {
    jpeg_create_decompress(info); /* empties it, but for who hears of errors and the data of the client */
    info->progress = &jpeg->progress;
    info->mem->max_memory_to_use = JPEG_MEMORY;
    jpeg_save_markers(info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_mem_src(info, (const unsigned char *)bytes.ptr, (unsigned long)bytes.len);
    if (jpeg_read_header(info, TRUE) != JPEG_HEADER_OK || !fits(info->image_width, info->image_height, PICTURE_JPEG_PIXELS))
        return false;
    info->out_color_space = info->num_components == 4 ? JCS_CMYK : JCS_RGB;
    info->dct_method = JDCT_IFAST;
    jpeg_scale(info, side);
    return jpeg_start_decompress(info);
}

static bool read_jpeg(struct str bytes, int side, struct image *image, int *orientation) {
    struct jpeg jpeg = {.progress = {.progress_monitor = jpeg_goes_on}};
    struct jpeg_decompress_struct info = {.client_data = &jpeg};
    unsigned char *volatile inks = NULL;
    volatile bool ok = false;
    jpeg_guard((j_common_ptr)&info, &jpeg);
    if (setjmp(jpeg.out) == 0) {
        bool begun = jpeg_begin(&info, &jpeg, bytes, side);
        if (begun && image_new(image, (int)info.output_width, (int)info.output_height)) {
            if (info.out_color_space == JCS_CMYK) inks = malloc((size_t)info.output_width * 4);
            *orientation = jpeg_orientation(&info);
            ok = (info.out_color_space != JCS_CMYK || inks) && jpeg_rows(&info, image, inks);
        }
    }
    jpeg_destroy_decompress(&info);
    free(inks);
    return ok;
}

static bool write_jpeg(struct arena *arena, const struct image *image, struct str *out) {
    struct jpeg jpeg = {.progress = {.progress_monitor = jpeg_goes_on}};
    struct jpeg_compress_struct info = {.client_data = &jpeg};
    unsigned char *bytes = NULL; /* the library keeps where these stand */
    unsigned long len = 0;
    volatile bool ok = false;
    jpeg_guard((j_common_ptr)&info, &jpeg);
    if (setjmp(jpeg.out) == 0) {
        jpeg_create_compress(&info);
        jpeg_mem_dest(&info, &bytes, &len);
        info.image_width = (JDIMENSION)image->width;
        info.image_height = (JDIMENSION)image->height;
        info.input_components = 3;
        info.in_color_space = JCS_RGB;
        jpeg_set_defaults(&info);
        jpeg_set_quality(&info, QUALITY, TRUE);
        jpeg_start_compress(&info, TRUE);
        while (info.next_scanline < info.image_height) {
            unsigned char *row = image->rgb + (size_t)info.next_scanline * (size_t)image->width * 3;
            jpeg_write_scanlines(&info, &row, 1);
        }
        jpeg_finish_compress(&info);
        ok = true;
    }
    jpeg_destroy_compress(&info);
    if (ok) *out = str_dup(arena, (struct str){(const char *)bytes, len});
    free(bytes);
    return ok;
}

/* ---- PNG and WebP ---------------------------------------------------------------------------------------------------------- */

static bool read_png(struct str bytes, struct image *image) {
    png_image info = {.version = PNG_IMAGE_VERSION};
    const png_color white = {255, 255, 255};
    bool ok = png_image_begin_read_from_memory(&info, bytes.ptr, bytes.len) != 0 &&
              fits(info.width, info.height, PICTURE_PIXELS) && image_new(image, (int)info.width, (int)info.height);
    if (ok) {
        info.format = PNG_FORMAT_RGB;
        ok = png_image_finish_read(&info, &white, image->rgb, 0, NULL) != 0;
    }
    png_image_free(&info);
    return ok;
}

static void onto_white(struct image *image, const unsigned char *rgba) {
    for (size_t i = 0; i < (size_t)image->width * (size_t)image->height; i++) {
        unsigned alpha = rgba[4 * i + 3];
        for (int c = 0; c < 3; c++)
            image->rgb[3 * i + (size_t)c] = (unsigned char)((rgba[4 * i + (size_t)c] * alpha + 255 * (255 - alpha)) / 255);
    }
}

static bool read_webp(struct str bytes, int side, struct image *image) {
    WebPDecoderConfig config;
    const uint8_t *data = (const uint8_t *)bytes.ptr;
    if (!WebPInitDecoderConfig(&config) || WebPGetFeatures(data, bytes.len, &config.input) != VP8_STATUS_OK ||
        config.input.has_animation || !fits(config.input.width, config.input.height, PICTURE_PIXELS))
        return false;
    int width, height;
    fit(config.input.width, config.input.height, side, &width, &height);
    config.options.use_scaling = 1;
    config.options.scaled_width = width;
    config.options.scaled_height = height;
    config.output.colorspace = MODE_RGBA;
    bool ok = WebPDecode(data, bytes.len, &config) == VP8_STATUS_OK && image_new(image, width, height);
    if (ok) onto_white(image, config.output.u.RGBA.rgba);
    WebPFreeDecBuffer(&config.output);
    return ok;
}

/* ---- any of them ----------------------------------------------------------------------------------------------------------- */

bool picture_type(struct str type) { return str_in_words("image/jpeg image/png image/webp", type); }

static bool read_any(struct str bytes, int side, struct image *image, int *orientation) {
    if (memcmp(bytes.ptr, "\xff\xd8\xff", 3) == 0) return read_jpeg(bytes, side, image, orientation);
    if (memcmp(bytes.ptr, "\x89PNG\r\n\x1a\n", 8) == 0) return read_png(bytes, image);
    if (memcmp(bytes.ptr, "RIFF", 4) == 0 && memcmp(bytes.ptr + 8, "WEBP", 4) == 0) return read_webp(bytes, side, image);
    return false;
}

bool picture_thumbnail(struct arena *arena, struct str bytes, int side, struct str *jpeg) {
    struct image image = {NULL, 0, 0};
    int orientation = 0;
    if (bytes.len < LEAST_BYTES || bytes.len > PICTURE_BYTES || side < 1 || side > PICTURE_SIDE) return false;
    bool ok = read_any(bytes, side, &image, &orientation) && shrink(&image, side) && turn(&image, orientation) &&
              write_jpeg(arena, &image, jpeg);
    image_free(&image);
    return ok;
}
