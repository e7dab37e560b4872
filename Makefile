# Tenon - builds everything from what stands in the tree; files are found, not listed.
#   make            the release binary at build/release/tenon
#   make debug      with address and undefined-behaviour sanitizers, at build/debug/tenon
#   make unit       unit tests under the sanitizers
#   make lint       the law of includes, sizes, SQL, names, translations
#   make strings    new sentences into po/ (docs/translating.md)
#   make test       everything that script/test runs
#   make fuzz       the parsers under libFuzzer, 60 s each; make bench: figures; make migration NAME=x: the next migration
CC ?= gcc
MODE ?= release
B := build/$(MODE)
NODE ?= node
Q := $(if $(V),,@)
PKGS := libmicrohttpd sqlite3 libpq jansson libsodium libcrypto zlib libbrotlienc libzstd xlsxwriter md4c libjpeg \
        libpng libwebp

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wundef \
        -Wno-missing-field-initializers -Werror
HARDEN := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fno-strict-overflow -fPIE
CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -DNDEBUG
CFLAGS_debug := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_fuzz := $(CFLAGS_debug) -fsanitize=fuzzer-no-link -DTENON_FUZZ
# What only a debugger reads is more than half of the program; it reads it compressed too.
LDFLAGS_release := -Wl,--compress-debug-sections=zlib
LDFLAGS_debug := -fsanitize=address,undefined
LDFLAGS_fuzz := $(LDFLAGS_debug)
CFLAGS := -std=c11 -D_GNU_SOURCE -Isrc -I$(B)/gen -include src/base/banned.h $(WARN) $(HARDEN) $(CFLAGS_$(MODE)) \
          $(filter-out -I/usr/include,$(shell pkg-config --cflags $(PKGS)))
LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed $(LDFLAGS_$(MODE))
LIBS := $(shell pkg-config --libs $(PKGS)) -lpthread -lm

SRC := $(sort $(wildcard src/*/*.c src/*/*/*.c))
MAIN := src/cli/main.c
TPL := $(sort $(wildcard web/templates/*.html))
WEB := $(sort $(wildcard web/css/*.css web/js/*.js web/icons/* web/brand/* package-lock.json))
MIGRATIONS := $(sort $(wildcard migrations/*.sql))
PO := $(sort $(wildcard po/*.po))
GEN_C := $(B)/gen/registry.c $(B)/gen/lang.c $(B)/gen/regions.c $(B)/gen/migrations.c $(B)/gen/assets.c $(patsubst web/templates/%.html,$(B)/gen/tpl_%.c,$(TPL))
OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(SRC)) $(patsubst $(B)/gen/%.c,$(B)/obj/gen/%.o,$(GEN_C))
LIBOBJ := $(filter-out $(B)/obj/cli/main.o,$(OBJ))
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
UNIT := $(patsubst tests/unit/%.c,$(B)/unit/%,$(sort $(wildcard tests/unit/*/test_*.c)))

.PHONY: all debug objects unit unit-programs run-unit preview strings lint test fuzz fuzz-programs bench migration clean
.SECONDARY:
all: $(B)/tenon
debug:
	$(MAKE) MODE=debug all
objects: $(OBJ)

$(B)/tenon: $(OBJ)
	@echo "  LD  $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

# libxlsxwriter's headers have macros with calls that we ban; this file bans them behind its header.
$(B)/obj/service/xlsx.o: CFLAGS := $(filter-out -include src/base/banned.h,$(CFLAGS))
$(B)/obj/%.o: src/%.c | $(B)/gen/templates.h
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/obj/gen/%.o: $(B)/gen/%.c | $(B)/gen/templates.h
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# What the sources declare, gathered: entities, routes, commands and jobs into one table each.
$(B)/gen/registry.c: tools/registry.mjs $(SRC)
	@mkdir -p $(@D)
	$(Q)$(NODE) tools/registry.mjs $@ $(SRC)
# The numbered scripts of migrations/, embedded.
$(B)/gen/migrations.c: tools/migrations.mjs $(MIGRATIONS)
	@mkdir -p $(@D)
	$(Q)$(NODE) tools/migrations.mjs $@ $(MIGRATIONS)
# Translations; debug builds have one more that puts every sentence in brackets.
PSEUDO_debug := --pseudo
$(B)/gen/lang.c: tools/lang.mjs $(PO) | node_modules
	@mkdir -p $(@D)
	$(Q)$(NODE) tools/lang.mjs $@ $(PSEUDO_$(MODE)) $(PO)
# Countries, currencies and time zones by their names.
$(B)/gen/regions.c: tools/regions.mjs $(PO)
	@mkdir -p $(@D)
	$(Q)$(NODE) tools/regions.mjs $@ $(PSEUDO_$(MODE)) $(PO)
# Pages: each template becomes a C function that escapes by itself.
$(B)/gen/tpl_%.c: web/templates/%.html tools/templates.mjs tools/html_state.mjs tools/lang.mjs | node_modules
	@mkdir -p $(@D)
	$(NODE) tools/templates.mjs c $< $@
$(B)/gen/templates.h: $(TPL) tools/templates.mjs tools/html_state.mjs tools/lang.mjs | node_modules
	@mkdir -p $(@D)
	$(NODE) tools/templates.mjs header $@ $(TPL)
# Everything the browser needs, hashed, compressed and embedded.
$(B)/gen/assets.c: tools/assets.mjs tools/lang.mjs $(WEB) $(PO) | node_modules
	@mkdir -p $(@D)
	$(NODE) tools/assets.mjs $@ $(PSEUDO_$(MODE)) $(PO)
node_modules: package-lock.json
	npm ci --no-audit --no-fund
	@cp package-lock.json $@/.tenon-lock
	@touch $@

$(B)/unit/%: $(B)/unit/%.o $(LIBOBJ)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka
$(B)/unit/%.o: tests/unit/%.c | $(B)/gen/templates.h
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS) -Itests/unit -MMD -MP -c -o $@ $<
unit:
	$(MAKE) MODE=debug run-unit
unit-programs: $(UNIT)
run-unit: $(UNIT)
	@set -e; for t in $(UNIT); do echo "# $$t"; $$t; done

# Pages with made-up content in build/preview, to be looked at: make preview, then node tests/preview/shots.mjs
PREVIEW := build/debug/preview
preview:
	$(MAKE) MODE=debug $(PREVIEW)/preview
	$(PREVIEW)/preview build/preview
$(PREVIEW)/preview: tests/preview/preview.c $(PREVIEW)/preview_tpl.c $(LIBOBJ)
	$(CC) -I$(PREVIEW) -Itests/preview $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$(PREVIEW)/preview_tpl.c: tests/preview/preview.html $(TPL) tools/templates.mjs tools/html_state.mjs
	@mkdir -p $(@D)
	$(NODE) tools/templates.mjs header $(PREVIEW)/templates.h $< $(TPL)
	$(NODE) tools/templates.mjs c $< $@

# Brings po/ to the sources: new sentences wait there for their translation, those that nobody says any more go.
strings:
	$(NODE) tools/strings.mjs --update
lint:
	$(NODE) tools/lint.mjs
test:
	script/test

# Parsers under libFuzzer; clang only. A corpus for each stands in tests/fuzz/corpus/.
$(B)/fuzz/%: $(B)/fuzz/%.o $(LIBOBJ)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	$(Q)$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)
$(B)/fuzz/%.o: tests/fuzz/%.c | $(B)/gen/templates.h
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
fuzz-programs: $(FUZZ)
fuzz:
	$(NODE) tools/test.mjs fuzz

bench: all
	$(NODE) tests/bench/bench.mjs
	$(NODE) --test tests/bench/long_tasks.test.mjs

# Writes the difference between migrations/schema.lock and the entities as the next numbered script; read it before you commit.
migration: all
	@test -n "$(NAME)" || { echo "usage: make migration NAME=what_changes" >&2; exit 2; }
	$(NODE) tools/migration.mjs $(B)/tenon $(NAME)

clean:
	rm -rf build

-include $(OBJ:.o=.d) $(addsuffix .d,$(UNIT) $(FUZZ))
