-- A pandoc that stays: reads requests from stdin, answers on stdout, until stdin closes.
--
--   request   "<bytes> <bytes>\n", that many bytes of outline (see outline.py), and of text
--   answer    "ok <bytes> <bytes>\n", a JSON list of block positions, pandoc's JSON of the text
--             "error <bytes>\n" and a message
--   request   "math <bytes>\n" and TeX formulas, a NUL between two
--   answer    "ok 0 <bytes>\n" and their MathML, a NUL between two; empty for TeX that pandoc cannot read
--   request   "version 0\n"
--   answer    "ok 0 <bytes>\n" and pandoc's version
--
-- Positions come from a parse of their own: with them pandoc wraps every word in a span, which makes its JSON seven
-- times as large. Only those of the blocks are wanted, so it reads the outline: the same lines, cut short.
-- The fourth argument of pandoc.read, an empty table, is the set of files that the reader may see: none.

local FORMAT = 'commonmark-smart+raw_html+pipe_tables+strikeout+tex_math_dollars+superscript+subscript'
  .. '+definition_lists+footnotes+fenced_divs+bracketed_spans'

local function add(out, blocks)
  for _, block in ipairs(blocks) do
    local tag = block.t
    local attributes = (tag == 'Div' or tag == 'Header' or tag == 'CodeBlock' or tag == 'Table') and block.attributes
    local position = attributes and attributes['data-pos'] or ''
    if tag == 'Div' and attributes['wrapper'] then tag = 'wrapper' end
    out[#out + 1] = string.format('["%s","%s",[', tag, position:match('[%d:;,@-]*$'))
    if tag == 'Div' or tag == 'wrapper' or tag == 'BlockQuote' then
      add(out, block.content)
    elseif tag == 'BulletList' or tag == 'OrderedList' then
      for _, item in ipairs(block.content) do
        out[#out + 1] = '["item","",['
        add(out, item)
        out[#out + 1] = ']],'
      end
    elseif tag == 'DefinitionList' then
      for _, item in ipairs(block.content) do
        for _, definition in ipairs(item[2]) do
          out[#out + 1] = '["item","",['
          add(out, definition)
          out[#out + 1] = ']],'
        end
      end
    end
    out[#out + 1] = ']],'
  end
end

local function positions(outline)
  local out = {}
  add(out, pandoc.read(outline, FORMAT .. '+sourcepos', {}, {}).blocks)
  local json = '[' .. table.concat(out) .. ']'
  return (json:gsub(',%]', ']'))
end

local function answer(outline, text)
  local where = positions(outline)
  return where, pandoc.write(pandoc.read(text, FORMAT, {}, {}), 'json')
end

-- All formulas are one document, because each call of the writer costs more than a formula does.
local MARK = '<!--|-->'

local function mathml(text)
  local inlines, out = {}, {}
  for tex in (text .. '\0'):gmatch('(%Z*)%z') do
    inlines[#inlines + 1] = pandoc.Math('DisplayMath', tex)
    inlines[#inlines + 1] = pandoc.RawInline('html', MARK)
  end
  local document = pandoc.Pandoc({pandoc.Plain(inlines)})
  local html = pandoc.write(document, 'html', {html_math_method = 'mathml', wrap_text = 'preserve'})
  local at = 1
  for _ = 1, #inlines // 2 do
    local stop, after = html:find(MARK, at, true)
    out[#out + 1] = html:sub(at, stop - 1):match('<math.*</math>') or ''
    at = after + 1
  end
  return '', table.concat(out, '\0')
end

local function version()
  return '', tostring(PANDOC_VERSION)
end

local answers = {math = mathml, version = version}

local line = io.read('l')
while line do
  local kind, sizes = line:match('^(%a*)([ %d]+)$')
  local parts = {}
  for size in sizes:gmatch('%d+') do
    parts[#parts + 1] = size == '0' and '' or io.read(tonumber(size))
  end
  local fine, where, json = pcall(answers[kind] or answer, table.unpack(parts))
  if fine then
    io.write('ok ', #where, ' ', #json, '\n', where, json)
  else
    local message = tostring(where)
    io.write('error ', #message, '\n', message)
  end
  io.flush()
  collectgarbage()
  line = io.read('l')
end
