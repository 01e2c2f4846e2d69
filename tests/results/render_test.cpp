#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "results/render/csv.hpp"
#include "results/render/markdown.hpp"
#include "results/render/terminal.hpp"
#include "results/render/text.hpp"

namespace ravine::results {
namespace {

Table small_table() {
  Table table;
  table.title = "valley (n = 2)";
  table.columns = {{"optimizer", "", Align::left, 0},
                   {"1e-1", "iterations", Align::right, 2},
                   {"1e-6", "iterations", Align::right, 0}};
  table.rows = {
      {{"最適", CellStyle::plain}, {"3", CellStyle::best}, {"12 [10–14]", CellStyle::best}},
      {{"gd", CellStyle::plain}, {"20", CellStyle::plain}, {"—", CellStyle::miss}}};
  table.footnotes = {"gd: diverged: f = 1e9"};
  table.how_to_read = "Fewer is better.";
  table.legend = {"—  missed."};
  return table;
}

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

TEST(Terminal, GoldenTable) {
  EXPECT_EQ(render_terminal(small_table()),
            "valley (n = 2)\n"
            "optimizer        1e-1        1e-6\n"
            "           iterations  iterations\n"
            "─────────────────────────────────\n"
            "最適                3  12 [10–14]\n"
            "gd                 20           —\n"
            "gd: diverged: f = 1e9\n"
            "\n"
            "Fewer is better.\n"
            "  —  missed.\n");
}

TEST(Terminal, ColourIsOnlyThereWhenAskedFor) {
  const std::string plain = render_terminal(small_table(), {80, false});
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  const std::string colour = render_terminal(small_table(), {80, true});
  EXPECT_NE(colour.find("\x1b[1;32m12 [10–14]\x1b[0m"), std::string::npos) << colour;
  EXPECT_NE(colour.find("\x1b[31m—\x1b[0m"), std::string::npos) << colour;
  std::string stripped;
  for (std::size_t i = 0; i < colour.size(); ++i) {
    if (colour[i] == '\x1b') {
      i = colour.find('m', i);
    } else {
      stripped += colour[i];
    }
  }
  EXPECT_EQ(stripped, plain) << "colour takes no room";
}

TEST(Terminal, NarrowOnesLeaveColumnsOutAndSaySo) {
  const std::string text = render_terminal(small_table(), {24, false});
  EXPECT_EQ(text.substr(0, text.find("\n\n")),
            "valley (n = 2)\n"
            "optimizer        1e-6\n"
            "           iterations\n"
            "─────────────────────\n"
            "最適       12 [10–14]\n"
            "gd                  —\n"
            "Left out for want of\n"
            "width: 1e-1 iterations.\n"
            "gd: diverged: f = 1e9");
}

TEST(Terminal, WhatMayNotBeLeftOutGoesOnBelow) {
  Table table = small_table();
  table.columns[1].drop_rank = 0;
  const std::string text = render_terminal(table, {24, false});
  EXPECT_EQ(text.substr(0, text.find("In 2 parts")),
            "valley (n = 2)\n"
            "optimizer        1e-1\n"
            "           iterations\n"
            "─────────────────────\n"
            "最適                3\n"
            "gd                 20\n"
            "\n"
            "optimizer        1e-6\n"
            "           iterations\n"
            "─────────────────────\n"
            "最適       12 [10–14]\n"
            "gd                  —\n");
  EXPECT_NE(text.find("In 2 parts"), std::string::npos);
}

TEST(Terminal, LongNamesWrapAndStayWhole) {
  Table table = small_table();
  table.rows[1][0].text = "gradient descent with momentum";
  const std::string text = render_terminal(table, {40, false});
  EXPECT_LE(widest_line(text), 40U) << text;
  for (const char* word : {"gradient", "descent", "with", "momentum"}) {
    EXPECT_NE(text.find(word), std::string::npos) << text;
  }
  EXPECT_EQ(widest_line(render_terminal(table, {0, false})), 54U) << "0: unlimited";
}

TEST(Terminal, NamesCannotForgeRowsOrColours) {
  Table table = small_table();
  table.title = "t\x1b]0;owned\x07";
  table.rows[1][0].text = "evil\nlbfgs  1  1\x1b[2A";
  table.footnotes = {"reason\rnothing"};
  const std::string text = render_terminal(table);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10) << text;
  EXPECT_NE(text.find("evil\\x0albfgs"), std::string::npos) << text;
}

TEST(Terminal, SeveralTablesAreExplainedOnce) {
  Table second = small_table();
  second.title = "another";
  second.legend.emplace_back("n/a  none.");
  const std::string text = render_terminal({small_table(), second}, {80, false});
  EXPECT_EQ(text.find("Fewer is better."), text.rfind("Fewer is better."));
  EXPECT_EQ(text.substr(text.find("Fewer")), "Fewer is better.\n  —  missed.\n  n/a  none.\n");
  EXPECT_LT(text.find("another"), text.find("Fewer is better."));
}

TEST(Terminal, ATableOfNothingIsItsSentence) {
  Table table;
  table.title = "No trials";
  table.how_to_read = "Run a suite first.";
  EXPECT_EQ(render_terminal(table), "No trials\nRun a suite first.\n");
}

TEST(Markdown, GoldenTable) {
  EXPECT_EQ(render_markdown(small_table()),
            "### valley (n = 2)\n"
            "\n"
            "| optimizer | 1e-1 (iterations) | 1e-6 (iterations) |\n"
            "| --- | ---: | ---: |\n"
            "| 最適 | **3** | **12 \\[10–14\\]** |\n"
            "| gd | 20 | — |\n"
            "\n"
            "- gd: diverged: f = 1e9\n"
            "\n"
            "Fewer is better.\n"
            "\n"
            "- —  missed.\n");
}

TEST(Markdown, MarkupInNamesIsEscaped) {
  Table table = small_table();
  table.rows[1][0].text = "a|b*c*_d_`e`<img>&[x](y)\\ @me\nz";
  const std::string text = render_markdown(table);
  EXPECT_NE(text.find("| a\\|b\\*c\\*\\_d\\_\\`e\\`&lt;img&gt;&amp;\\[x\\](y)\\\\ \\@me\\\\x0az |"),
            std::string::npos)
      << text;
}

TEST(Markdown, SeveralTablesAreExplainedOnce) {
  const std::string text = render_markdown({small_table(), small_table()});
  EXPECT_EQ(text.find("Fewer is better."), text.rfind("Fewer is better."));
  EXPECT_NE(text.find("### valley"), text.rfind("### valley"));
}

TEST(Csv, GoldenRow) {
  SummaryRow row;
  row.problem = "valley, a=1";
  row.optimizer = "say \"hi\"";
  row.n = 2;
  row.target = "relative 1e-06";
  row.kind = "relative";
  row.level = 1e-6;
  row.runs = 3;
  row.hits = 2;
  row.hits_by_evaluation = 3;
  row.iterations = {12.5, 10.0, std::numeric_limits<double>::infinity()};
  row.oracle_cost = {1.0 / 3, 0.1, 2};
  const std::string text = render_csv({row});
  EXPECT_EQ(text.substr(text.find("\r\n") + 2),
            "\"valley, a=1\",2,0,\"say \"\"hi\"\"\",relative 1e-06,relative,1e-06,0,3,2,3,0,0,0,"
            "12.5,10,Inf,0.3333333333333333,0.1,2,,,,,\r\n");
  const auto commas = [](const std::string& line) {
    return std::count(line.begin(), line.end(), ',');
  };
  EXPECT_EQ(commas(text.substr(0, text.find("\r\n"))) + 1, 25);
}

}  // namespace
}  // namespace ravine::results
