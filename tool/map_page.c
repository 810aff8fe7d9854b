/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "json.h"
#include "map.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] =
"<!DOCTYPE html>\n"
"<html lang=\"en\">\n"
"<meta charset=\"utf-8\">\n"
"<meta name=\"viewport\" content=\"width=device-width\">\n"
"<title>Service names and port numbers</title>\n"
"<style>\n"
"body{margin:0;padding:1em;font:16px/1.4 sans-serif;background:#fff;"
"color:#1a1a1a}\n"
"main{display:flex;gap:1em;align-items:flex-start}\n"
"form,ol{margin:0;padding:0}\n"
"section{flex:1 1 26em;min-width:0}figure{flex:2 1 30em;min-width:0;margin:0}\n"
"svg{width:100%;height:auto}\n"
"input{width:100%;box-sizing:border-box;font:inherit;padding:.4em}\n"
"ol{list-style:none;max-height:80vh;overflow:auto}\n"
"li{padding:.3em;overflow-wrap:anywhere}\n"
"li[aria-selected=true]{background:#cfe4f7}\n"
"#mark{fill:none;stroke:#e00;stroke-width:3}\n"
"@media(max-width:50em){main{flex-direction:column}"
"section,figure{flex:none;width:100%}ol{max-height:40vh}}\n"
"@media(prefers-color-scheme:dark){body{background:#14181c;color:#e8e8e8}"
"input{background:#222;color:inherit}li[aria-selected=true]{background:#234}}\n"
"</style>\n"
"<main><section>\n"
"<form role=\"search\"><label for=\"q\">Name, port or words (press /)</label>\n"
"<input id=\"q\" type=\"search\" autocomplete=\"off\" role=\"combobox\""
" aria-controls=\"found\" aria-expanded=\"true\"></form>\n"
"<p id=\"count\" role=\"status\"></p>\n"
"<ol id=\"found\" role=\"listbox\" aria-label=\"services\"></ol>\n"
"</section><figure>\n";

static const char between[] =
"</figure></main>\n"
"<script>\n"
"\"use strict\";\n"
"const services = [\n";

/* Most rows that are shown: more are no help to anybody. */
static const char tail[] =
"];\n"
"const most = 100, cell = 4, top_ = 44;\n"
"const input = document.getElementById(\"q\");\n"
"const list = document.getElementById(\"found\");\n"
"const svg = document.querySelector(\"svg\");\n"
"const mark = document.createElementNS(svg.namespaceURI, \"rect\");\n"
"mark.id = \"mark\";\n"
"let found = [], selected = -1;\n"
"function score(s, words) {\n"
"  let sum = 0;\n"
"  for (const w of words) {\n"
"    const name = s[0].toLowerCase(), port = /^\\d+$/.test(w) ? +w : -2;\n"
"    const on = port >= s[1] && port <= s[2];\n"
"    const of = name === w || on ? 100 : name.startsWith(w) ? 60\n"
"      : name.includes(w) ? 40 : s[4].toLowerCase().includes(w) ? 20 : 0;\n"
"    if (!of && s[3] !== w) return 0;\n"
"    sum += of;\n"
"  }\n"
"  return sum;\n"
"}\n"
"function select(i) {\n"
"  if (i < 0 || i >= list.children.length) return;\n"
"  if (selected >= 0) list.children[selected].ariaSelected = \"false\";\n"
"  selected = i;\n"
"  list.children[i].ariaSelected = \"true\";\n"
"  list.children[i].scrollIntoView({block: \"nearest\"});\n"
"  input.setAttribute(\"aria-activedescendant\", list.children[i].id);\n"
"  const [, first, last] = found[i], n = Math.min(last - first + 1, 256);\n"
"  mark.remove();\n"
"  if (first < 0) return;\n"
"  mark.setAttribute(\"x\", first % 256 * cell - 3);\n"
"  mark.setAttribute(\"y\", top_ + (first >> 8) * cell - 3);\n"
"  mark.setAttribute(\"width\", n * cell + 6);\n"
"  mark.setAttribute(\"height\", cell + 6);\n"
"  svg.append(mark);\n"
"}\n"
"function search() {\n"
"  const words = input.value.toLowerCase().split(/[\\s\\/]+/)"
".filter(w => w);\n"
"  const all = words.length ? services.map(s => [score(s, words), s])\n"
"    .filter(x => x[0]).sort((a, b) => b[0] - a[0]).map(x => x[1]) : [];\n"
"  found = all.slice(0, most);\n"
"  selected = -1;\n"
"  list.replaceChildren(...found.map((s, i) => {\n"
"    const item = document.createElement(\"li\");\n"
"    const port = s[1] < 0 ? \"-\" : s[1] < s[2] ? s[1] + \"-\" + s[2]"
" : s[1];\n"
"    item.role = \"option\";\n"
"    item.id = \"s\" + i;\n"
"    item.ariaSelected = \"false\";\n"
"    item.textContent = `${s[0]} ${port}/${s[3] || \"-\"} ${s[4]}`;\n"
"    item.onclick = () => select(i);\n"
"    return item;\n"
"  }));\n"
"  document.getElementById(\"count\").textContent = words.length\n"
"    ? all.length + (all.length > most ? \", the first \" + most : \"\")"
" + \" found\"\n"
"    : services.length + \" services\";\n"
"  mark.remove();\n"
"  select(0);\n"
"}\n"
"input.oninput = search;\n"
"document.forms[0].onsubmit = () => false;\n"
"document.onkeydown = event => {\n"
"  if (event.key === \"/\" && document.activeElement !== input)\n"
"    input.focus();\n"
"  else if (event.key === \"ArrowDown\") select(selected + 1);\n"
"  else if (event.key === \"ArrowUp\") select(selected - 1);\n"
"  else if (event.key === \"Escape\") { input.value = \"\"; search(); }\n"
"  else return;\n"
"  event.preventDefault();\n"
"};\n"
"svg.onclick = event => {\n"
"  const at = new DOMPoint(event.clientX, event.clientY)\n"
"    .matrixTransform(svg.getScreenCTM().inverse());\n"
"  const x = Math.floor(at.x / cell), y = Math.floor((at.y - top_) / cell);\n"
"  if (x < 0 || x > 255 || y < 0 || y > 255) return;\n"
"  input.value = y * 256 + x;\n"
"  search();\n"
"};\n"
"search();\n"
"</script>\n";

/* [name, first port, last port, protocol, description]: put_json() leaves
 * no "</script>" in it. */
static void
print_service(const struct iana_service *s)
{
	const char *proto = iana_proto_name(s->proto);

	putchar('[');
	put_json(s->name);
	printf(",%d,%d,\"%s\",", s->port, s->last_port, proto ? proto : "");
	put_json(iana_service_description(s));
	puts("],");
}

void
print_page(void)
{
	struct iana_service s;
	uint32_t cursor = 0;

	fputs(head, stdout);
	print_picture();
	fputs(between, stdout);
	while (iana_service_next(registry, &cursor, &s))
		print_service(&s);
	fputs(tail, stdout);
}
