# Writes VALIDATION.md: awk -f validation.awk validation.yaml TABLE, where TABLE is
# the output of "reusemodel validate --format csv".
# SPDX-License-Identifier: GPL-3.0-or-later

# Splits LINE, a CSV record, into part[]; gives the number of fields.
function split_csv(line,    n, text, c, quoted) {
  n = 0; text = ""; quoted = 0
  while (line != "") {
    c = substr(line, 1, 1); line = substr(line, 2)
    if (c == "\"" && quoted && substr(line, 1, 1) == "\"") {
      text = text c; line = substr(line, 2)
    } else if (c == "\"") quoted = !quoted
    else if (c == "," && !quoted) { part[++n] = text; text = "" }
    else text = text c
  }
  part[++n] = text
  return n
}

# TEXT in a cell of a Markdown table.
function cell(text) { gsub(/\|/, "\\|", text); gsub(/</, "\\&lt;", text); gsub(/\*/, "\\*", text)
  return text == "" || text == "-" ? " " : text }

function number(value) { return sprintf("%.6g", value) }

function percent(value) { value *= 100; return value < 1e-7 && value > -1e-7 ? "0" : sprintf("%+.2f", value) }

function label(   text) {
  text = field["metric"]
  if (field["variant"] != "") text = text ", " field["variant"]
  if (field["fitted"] == "true") text = text " (fitted)"
  return text
}

function where(   text) {
  text = field["network"] == "-" ? "" : field["network"]
  if (field["layer"] != "-") text = text (text == "" ? "" : " ") field["layer"]
  return text
}

# Adds ITEM to the list of HEADING of the system.
function file_under(sys, heading, item,    key) {
  key = sys SUBSEP heading
  if (!(key in others)) heading_of[sys, ++headings[sys]] = heading
  others[key] = others[key] (others[key] == "" ? "" : "; ") item
}

function sort_errors(sys,    i, j, v) {
  for (i = 2; i <= errors[sys]; i++) {
    v = error[sys, i]
    for (j = i - 1; j > 0 && error[sys, j] > v; j--) error[sys, j + 1] = error[sys, j]
    error[sys, j + 1] = v
  }
}

function add_error(sys, e,    a) {
  a = e < 0 ? -e : e
  error[sys, ++errors[sys]] = a
  sum[sys] += a
  if (errors[sys] == 1 || a > worst_size[sys]) {
    worst_size[sys] = a; worst[sys] = e; worst_at[sys] = where() " " field["metric"]
  }
}

function count_compared(sys) {
  compared[sys]++
  within[sys] += field["verdict"] == "within"
  recalled[sys] += field["verdict"] == "outside" && field["decides"] == "false"
  if (field["error"] != "" && field["tolerance"] !~ /^at / && field["published"] + 0 != 0)
    add_error(sys, field["error"] + 0)
}

function foot_row(sys,    m, n) {
  n = errors[sys]
  sort_errors(sys)
  m = n % 2 ? error[sys, (n + 1) / 2] : n ? (error[sys, n / 2] + error[sys, n / 2 + 1]) / 2 : 0
  printf "| %s | %d | %d | %d | %s | %s | %s | %s | %d | %d |\n", sys, compared[sys],
    within[sys], recalled[sys], n ? sprintf("%.2f", 100 * m) : "-",
    n ? sprintf("%.2f", 100 * sum[sys] / n) : "-", n ? percent(worst[sys]) : "-",
    cell(worst_at[sys]), unmodelled[sys], parameters[sys]
}

# The remarks of the plan: lists of system and text, a block of the file.
FNR == NR {
  if (/^[a-z]/) remarks_on = /^remarks:/
  else if (remarks_on && /^  - system: /) { about = $3; remark[about, ++remarks[about]] = "" }
  else if (remarks_on && about != "" && NF > 0) {
    sub(/^ *(text: '?)?/, ""); sub(/'$/, ""); gsub(/''/, "'")
    remark[about, remarks[about]] = remark[about, remarks[about]] (remark[about, remarks[about]] == "" ? "" : " ") $0
  }
  next
}

FNR == 1 { columns = split_csv($0); for (i = 1; i <= columns; i++) name[i] = part[i]; next }

{
  split_csv($0)
  for (i = 1; i <= columns; i++) field[name[i]] = part[i]
  s = field["system"]
  if (!(s in seen)) { seen[s] = 1; system_at[++systems] = s }
  if (field["verdict"] == "within" || field["verdict"] == "outside") {
    count_compared(s); count_compared("all")
    if (!((s, field["reason"]) in reason_of)) {
      reason_of[s, field["reason"]] = ++reasons[s]; reason_text[s, reasons[s]] = field["reason"]
    }
    rows[s] = rows[s] sprintf("| %s | %s | %s | %s | %s | %s | %s | %s | %s | %d |\n", cell(where()),
      cell(label()), field["published"], cell(field["unit"]), number(field["modelled"]),
      field["tolerance"] ~ /^at / || field["published"] + 0 == 0 ? " " : percent(field["error"]),
      field["tolerance"], field["tag"], field["verdict"] == "within" ? "within" : \
      field["decides"] == "true" ? "**outside**" : "outside, recalled", reason_of[s, field["reason"]])
  } else {
    item = field["metric"] " " field["published"] (field["unit"] == "-" ? "" : " " field["unit"])
    if (where() != "") item = item " (" where() ")"
    if (field["verdict"] == "parameter") {
      parameters[s]++; parameters["all"]++
      file_under(s, "Parameters, in " field["used_by"], item)
    } else {
      unmodelled[s]++; unmodelled["all"]++
      file_under(s, "Not modelled: " field["reason"], item)
    }
  }
}

END {
  print "# The model against published figures\n"
  print "Written by `make validation` from `reusemodel validate`; edit `data/validation.yaml` instead."
  print "Errors are modelled over published less one, in percent. Tolerances and their reasons stood in"
  print "that file before the comparison. *Recalled* figures were not seen in a source and decide nothing.\n"
  print "![Modelled against published figures, by system](figures/validation.svg)\n"
  print "Left each figure in its own unit, right its ratio to the published one; small marks are recalled.\n"
  print "| system | compared | within | recalled, outside | median % | mean % | worst % | worst figure | not modelled | parameters |"
  print "|---|--:|--:|--:|--:|--:|--:|---|--:|--:|"
  for (i = 1; i <= systems; i++) if (compared[system_at[i]]) foot_row(system_at[i])
  foot_row("all")
  for (i = 1; i <= systems; i++) {
    s = system_at[i]
    printf "\n## %s\n\n", s
    if (rows[s] != "") {
      print "| of | figure | published | unit | modelled | error % | tolerance | tag | verdict | why |"
      print "|---|---|--:|---|--:|--:|--:|---|---|--:|"
      printf "%s\n", rows[s]
      for (j = 1; j <= reasons[s]; j++) printf "%d. %s\n", j, cell(reason_text[s, j])
      print ""
    }
    for (j = 1; j <= remarks[s]; j++) printf "- %s\n", cell(remark[s, j])
    for (j = 1; j <= headings[s]; j++)
      printf "- %s: %s.\n", cell(heading_of[s, j]), cell(others[s, heading_of[s, j]])
  }
}
