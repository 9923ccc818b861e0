/* Network files: every diagnostic with its place, forms of correct files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network/network.h"
#include "reusemodel.h"

int register_network_tests(void);

enum { MAX_TEXT = 8192 };

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))
#define HEADER                                                        \
  "name,type,N,G,C,K,H,W,R,S,P,Q,stride_h,stride_w,dil_h,dil_w,"      \
  "pad_t,pad_b,pad_l,pad_r,bias,norm,operand,serial\n"
#define ROW "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n"
#define TOTALS "# name: t\n# macs: 486\n# params: 54\n"

/* ---- reading in tests --------------------------------------------------- */

/* The first message, and how many there were. */
struct heard {
  int n, line, column;
  char text[512], hint[512], source_line[512];
};

static void listen(void *context, const struct reuse_message *message) {
  struct heard *heard = context;
  if (heard->n++ > 0)
    return;
  heard->line = message->line;
  heard->column = message->column;
  snprintf(heard->text, sizeof heard->text, "%s", message->text);
  snprintf(heard->hint, sizeof heard->hint, "%s",
           message->hint != NULL ? message->hint : "");
  snprintf(heard->source_line, sizeof heard->source_line, "%s",
           message->source_line != NULL ? message->source_line : "");
}

/* Reads N bytes of TEXT from an exact-size heap copy, so that a sanitizer sees
 * any access beyond it. */
static enum reuse_status read_bytes(const char *text, size_t n,
                                    struct reuse_arena *arena,
                                    const struct reuse_network_table **network,
                                    struct heard *heard) {
  *heard = (struct heard){0};
  struct reuse_diag diag = {.sink = listen, .context = heard};
  char *copy = malloc(n > 0 ? n : 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
  memcpy(copy, text, n);
  enum reuse_status status =
    reuse__network_read_memory("t.csv", copy, n, arena, network, &diag);
  free(copy);
  CU_ASSERT_EQUAL(diag.errors, heard->n);
  return status;
}

static enum reuse_status read_text(const char *text, struct reuse_arena *arena,
                                   const struct reuse_network_table **network,
                                   struct heard *heard) {
  return read_bytes(text, strlen(text), arena, network, heard);
}

/* A CUnit assertion that names the case. */
static void check(bool ok, const char *reason, const char *what) {
  if (!ok)
    printf("# %s: %s\n", reason, what);
  CU_ASSERT_TRUE(ok);
}

/* ---- diagnostics -------------------------------------------------------- */

/* A file with one '@' in front of the byte that the first message points at. */
static const struct fault {
  const char *reason, *file, *text, *hint;
} faults[] = {
  {"empty file", "@", "the network has no name", "# name: NAME"},
  {"no layers", "# name: t\n# macs: 0\n# params: 0\n" HEADER "@",
   "no layers", ""},
  {"Latin-1", "# name: t\n# title: caf@\xE9\n" HEADER ROW, "0xe9 is not UTF-8",
   "UTF-8"},
  {"cut UTF-8", TOTALS HEADER ROW "@\xC3", "0xc3 is not UTF-8", ""},
  {"overlong UTF-8", TOTALS "# title: @\xC0\xAF\n" HEADER ROW, "0xc0", ""},
  {"old line end", "# name: t@\r# macs: 1\n", "without a line feed", "CR LF"},
  {"control character", TOTALS HEADER "a@\x01,conv\n", "0x01", ""},
  {"unknown key", "# name: t\n# @mac: 486\n# params: 54\n" HEADER ROW,
   "unknown key 'mac'", "did you mean 'macs'?"},
  {"key given twice", TOTALS "# @macs: 486\n" HEADER ROW, "'macs' is given twice",
   ""},
  {"name of the network", "# name: @a b\n# macs: 486\n# params: 54\n" HEADER ROW,
   "bad name 'a b'", "letters, digits"},
  {"figure of the totals", "# name: t\n# macs: @486M\n# params: 54\n" HEADER ROW,
   "macs is not an integer: '486M'", "decimal integer"},
  {"totals are stated", "# name: @t\n# params: 54\n" HEADER ROW,
   "does not state its total '# macs:'", "write '# macs: 486'"},
  {"MACs off by one", "# name: t\n# macs: @487\n# params: 54\n" HEADER ROW,
   "states 487 macs, its layers add up to 486", "write '# macs: 486'"},
  {"parameters off by one", "# name: t\n# macs: 486\n# params:   @53\n" HEADER
   ROW, "states 53 params, its layers add up to 54", "'# params: 54'"},
  {"other_params counts", "# name: t\n# macs: 486\n# params: @54\n"
   "# other_params: 1\n" HEADER ROW, "add up to 55", ""},
  {"unknown column", TOTALS "name,@kind,N\n", "unknown column 'kind'",
   "columns: name"},
  {"misspelt column", TOTALS "name,type,@stride_x\n",
   "unknown column 'stride_x'", "did you mean 'stride_"},
  {"column twice", TOTALS "name,type,N,@type\n", "column 'type' is given twice",
   ""},
  {"missing columns", TOTALS "@name,N\n", "missing columns type, G, C",
   "names the columns"},
  {"row too short", TOTALS HEADER "a,conv,1@\n", "has 3 fields, the header has 24",
   ""},
  {"row too short at the end of the file", TOTALS HEADER "a,conv@", "has 2 fields",
   ""},
  {"row too long", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0,@7\n",
   "has 25 fields, the header has 24", ""},
  {"comment among the rows", TOTALS HEADER ROW "# later@\n",
   "has 1 fields", "comments stand before"},
  {"no integer", TOTALS HEADER
   "a,conv,1,1,2,@3x,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "K is not an integer: '3x'", "decimal"},
  {"fraction", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,@1.5,1,1,1,0,0,0,0,0,0,w,0\n",
   "stride_h is not an integer: '1.5'", ""},
  {"empty field", TOTALS HEADER
   "a,conv,@,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n", "N is empty", ""},
  {"blank field", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,  @,0,0,0,0,0,w,0\n", "pad_t is empty",
   ""},
  {"zero", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,@0,1,1,0,0,0,0,0,0,w,0\n",
   "stride_w is 0, it must be at least 1", ""},
  {"negative", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,@-1,0,0,0,w,0\n",
   "pad_l is -1, it must be at least 0", ""},
  {"64 bits", TOTALS HEADER
   "a,conv,1,1,2,@9223372036854775808,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "K does not fit in 63 bits", ""},
  {"unknown type", TOTALS HEADER
   "a,@pwcnov,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "unknown layer type 'pwcnov'", "did you mean 'pwconv'?"},
  {"unknown operand", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,@x,0\n",
   "unknown operand 'x'", "a: activations"},
  {"activations in a convolution", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,@a,0\n",
   "conv cannot have operand a", "matmul: w, t or a"},
  {"weights in a pool", TOTALS HEADER
   "a,pool,1,2,2,2,4,4,2,2,2,2,2,2,1,1,0,0,0,0,0,0,@w,0\n",
   "pool cannot have operand w", ""},
  {"serial", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,@2\n",
   "serial is 0 or 1", ""},
  {"name of a layer", TOTALS HEADER
   "@\"a,b\",conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "bad name 'a,b'", ""},
  {"two layers of one name", TOTALS HEADER ROW "@" ROW,
   "two layers are named 'a'", "in line 5"},
  {"groups do not divide C", TOTALS HEADER
   "a,gconv,1,@3,4,6,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "3 groups do not divide C = 4", "totals over the groups"},
  {"groups do not divide K", TOTALS HEADER
   "a,gconv,1,@2,4,5,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "2 groups do not divide K = 5", ""},
  {"224 unpadded at stride 4 is 54", TOTALS HEADER
   "a,conv,1,1,3,96,224,224,11,11,@55,55,4,4,1,1,0,0,0,0,0,0,w,0\n",
   "P is 55, but 224 input rows, padding 0 and 0, a filter that spans 11 and "
   "stride 4 give 54", "floor("},
  {"output width", TOTALS HEADER
   "a,conv,1,1,2,3,5,7,3,3,3,@4,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "Q is 4, but 7 input columns", ""},
  {"filter over the input", TOTALS HEADER
   "a,conv,1,1,2,3,2,5,@3,3,1,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "a filter that spans 3 rows does not fit in 2 input rows", ""},
  {"dilated filter over the input", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,@3,3,1,1,1,1,3,0,0,0,1,0,0,w,0\n",
   "spans 7 columns does not fit in 5 input columns with padding 0 and 1", ""},
  {"filter over the limit", TOTALS HEADER
   "a,conv,1,1,1,1,16777217,5,@16777217,3,1,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "a filter has at most 16777216 rows", ""},
  {"padding overflows", TOTALS HEADER
   "a,conv,1,1,2,3,@5,5,3,3,3,3,1,1,1,1,9223372036854775807,1,0,0,0,0,w,0\n",
   "rows do not fit in 63 bits", ""},
  {"sizes overflow", TOTALS HEADER
   "@a,conv,1,1,4611686018427387904,2,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "sizes of layer a do not fit", ""},
  {"the input overflows alone", TOTALS HEADER
   "@a,pwconv,1,1,4,1,4294967296,4294967296,1,1,1,1,4294967296,4294967296,"
   "1,1,0,0,0,0,0,0,w,0\n", "sizes of layer a do not fit", ""},
  {"totals overflow", "# name: @t\n# macs: 1\n# params: 1\n" HEADER
   "a,fc,1,1,4611686018427387904,1,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,w,0\n"
   "b,fc,1,1,4611686018427387904,1,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "totals of the network do not fit", ""},
  {"a 1x1 filter is pwconv", TOTALS HEADER
   "a,@conv,1,1,2,3,5,5,1,1,5,5,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "the shape is that of pwconv", "1x1 filter"},
  {"one channel is not depthwise", TOTALS HEADER
   "a,@dwconv,1,1,1,1,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "the shape is that of conv", "G = C > 1"},
  {"one channel per group is dwconv", TOTALS HEADER
   "a,@gconv,1,2,2,4,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "the shape is that of dwconv", ""},
  {"a grouped 1x1 filter is gconv", TOTALS HEADER
   "a,@pwconv,1,2,4,4,5,5,1,1,5,5,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "the shape is that of gconv", ""},
  {"fc covers its input", TOTALS HEADER
   "a,@fc,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "type fc needs G = 1, R = H, S = W", ""},
  {"matmul has no plane", TOTALS HEADER
   "a,@matmul,1,1,2,3,5,1,5,1,1,1,1,1,1,1,0,0,0,0,0,0,w,0\n",
   "type matmul needs H = W = R = S = 1", ""},
  {"pool keeps channels", TOTALS HEADER
   "a,@pool,1,1,2,2,4,4,2,2,2,2,2,2,1,1,0,0,0,0,0,0,-,0\n",
   "type pool needs G = C = K", ""},
  {"eltwise has a group per channel", TOTALS HEADER
   "a,@eltwise,1,1,4,2,3,3,1,1,3,3,1,1,1,1,0,0,0,0,0,0,-,0\n",
   "type eltwise needs G = K", ""},
  {"quote inside a field", TOTALS HEADER "a@\"b,conv\n", "RFC 4180", "doubled"},
  {"text after a quoted field", TOTALS HEADER "\"a\"@b,conv\n", "RFC 4180", ""},
  {"open quote", TOTALS HEADER ROW "@\"b,conv\n", "without an end", "close it"},
};

/* The line and the column of OFFSET in TEXT, counted by hand. */
static void locate(const char *text, size_t offset, int *line, int *column) {
  *line = *column = 1;
  for (size_t i = 0; i < offset; i++) {
    *column = text[i] == '\n' ? 1 : *column + 1;
    *line += text[i] == '\n';
  }
}

static void test_fault(const struct fault *fault) {
  char file[MAX_TEXT];
  size_t offset = strcspn(fault->file, "@");
  snprintf(file, sizeof file, "%.*s%s", (int)offset, fault->file,
           fault->file + offset + 1);
  int line, column;
  locate(file, offset, &line, &column);
  struct heard heard;
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_network_table *network;
  enum reuse_status status = read_text(file, arena, &network, &heard);
  check(status == REUSE_ERR_INPUT && network == NULL, fault->reason, "status");
  check(heard.n > 0, fault->reason, "no message");
  check(heard.line == line && heard.column == column, fault->reason, "place");
  check(strstr(heard.text, fault->text) != NULL, fault->reason, heard.text);
  check(strstr(heard.hint, fault->hint) != NULL, fault->reason, heard.hint);
  size_t length = strcspn(file + offset - (size_t)(column - 1), "\r\n");
  check(strlen(heard.source_line) == length &&
        memcmp(heard.source_line, file + offset - (size_t)(column - 1),
               length) == 0, fault->reason, "source line");
  reuse_arena_free(arena);
}

static void test_faults(void) {
  for (int i = 0; i < COUNT(faults); i++)
    test_fault(&faults[i]);
}

static void test_many_errors(void) {
  static char file[64 * 1024] = TOTALS HEADER;
  for (int i = 0; i < 50; i++)
    strcat(file, "a,conv,x,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0\n");
  struct heard heard;
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_network_table *network;
  CU_ASSERT_EQUAL(read_text(file, arena, &network, &heard), REUSE_ERR_INPUT);
  CU_ASSERT_EQUAL(heard.n, 21);
  reuse_arena_free(arena);
}

static void test_unreadable(void) {
  const char *paths[] = {"no/such/network.csv", "."};
  for (int i = 0; i < COUNT(paths); i++) {
    struct heard heard = {0};
    struct reuse_diag diag = {.sink = listen, .context = &heard};
    struct reuse_arena *arena = reuse_arena_new();
    const struct reuse_network_table *network;
    CU_ASSERT_EQUAL(reuse_network_read(paths[i], arena, &network, &diag),
                    REUSE_ERR_IO);
    CU_ASSERT_PTR_NULL(network);
    CU_ASSERT_EQUAL(heard.n, 1);
    CU_ASSERT_EQUAL(heard.line, 0);
    reuse_arena_free(arena);
  }
}

/* ---- forms of a correct file -------------------------------------------- */

/* Each holds one layer a: conv 2 -> 3, 5x5, 3x3. */
static const struct form {
  const char *reason, *file;
} forms[] = {
  {"plain", TOTALS HEADER ROW},
  {"no line end at the end", "# name: t\n# macs: 486\n# params: 54\n" HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w,0"},
  {"CR LF", "# name: t\r\n# macs: 486\r\n# params: 54\r\n"
   "name,type,N,G,C,K,H,W,R,S,P,Q,stride_h,stride_w,dil_h,dil_w,"
   "pad_t,pad_b,pad_l,pad_r\r\n"
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0\r\n"},
  {"byte order mark", "\xEF\xBB\xBF" TOTALS HEADER ROW},
  {"other order of columns", TOTALS
   "serial,Q,P,S,R,W,H,K,C,G,N,type,name,pad_r,pad_l,pad_b,pad_t,dil_w,dil_h,"
   "stride_w,stride_h\n0,3,3,3,3,5,5,3,2,1,1,conv,a,0,0,0,0,1,1,1,1\n"},
  {"empty optional fields", TOTALS HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,,,,\n"},
  {"quoted fields", TOTALS HEADER "\"a\",\"conv\",\"1\",1,2,3,5,5,3,3,3,3,1,1,1,"
   "1,0,0,0,0,0,0,\"w\",\"0\"\n"},
  {"blanks around fields", TOTALS HEADER
   " a , conv\t,1,1,  2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,0,0,w, 0\n"},
  {"blank lines and free comments", "\n#\n# Made for the test\n#name:t\n"
   "# note: one\n# note: two\n# macs: 486\n\n# params: 54\n# SPDX-Tag: x\n" HEADER
   "\n" ROW "\n\n"},
  {"parameters that no row has", "# name: t\n# macs: 486\n# params: 61\n"
   "# other_params: 7\n" HEADER ROW},
  {"bias and norm are parameters", "# name: t\n# macs: 486\n# params: 63\n" HEADER
   "a,conv,1,1,2,3,5,5,3,3,3,3,1,1,1,1,0,0,0,0,3,6,w,0\n"},
};

static void test_forms(void) {
  for (int i = 0; i < COUNT(forms); i++) {
    struct heard heard;
    struct reuse_arena *arena = reuse_arena_new();
    const struct reuse_network_table *network;
    enum reuse_status status = read_text(forms[i].file, arena, &network, &heard);
    check(status == REUSE_OK && heard.n == 0, forms[i].reason, heard.text);
    if (status == REUSE_OK) {
      check(network->nlayers == 1, forms[i].reason, "layers");
      check(strcmp(network->layer[0].name, "a") == 0, forms[i].reason, "name");
      check(network->layer[0].weights == 54, forms[i].reason, "weights");
      check(network->macs == 486, forms[i].reason, "macs");
      int line, column;
      const char *last = strstr(forms[i].file, "a,conv");
      locate(forms[i].file, last != NULL ? (size_t)(last - forms[i].file) : 0,
             &line, &column);
      check(last == NULL || network->layer[0].line == line, forms[i].reason,
            "line");
    }
    reuse_arena_free(arena);
  }
}

static void test_zero_byte(void) {
  static const char file[] = "# name: t\0\n";
  struct heard heard;
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_network_table *network;
  CU_ASSERT_EQUAL(read_bytes(file, sizeof file - 1, arena, &network, &heard),
                  REUSE_ERR_INPUT);
  CU_ASSERT_EQUAL(heard.line, 1);
  CU_ASSERT_EQUAL(heard.column, 10);
  reuse_arena_free(arena);
}

int register_network_tests(void) {
  CU_pSuite suite = CU_add_suite("network", NULL, NULL);
  bool ok = suite != NULL &&
    CU_add_test(suite, "faults", test_faults) != NULL &&
    CU_add_test(suite, "many errors", test_many_errors) != NULL &&
    CU_add_test(suite, "unreadable files", test_unreadable) != NULL &&
    CU_add_test(suite, "forms", test_forms) != NULL &&
    CU_add_test(suite, "zero byte", test_zero_byte) != NULL;
  return ok ? 0 : 1;
}
