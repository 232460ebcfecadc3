<?xml version="1.0" encoding="UTF-8"?>
<!-- Figures, tables, formulas, media. Images are looked up afterwards: `img/@src` is the href of the JATS. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"
                exclude-result-prefixes="j xlink mml">
  <xsl:template match="fig | fig-group | chem-struct-wrap | table-wrap[not(.//table)] | media | supplementary-material">
    <figure>
      <xsl:call-template name="id"/>
      <xsl:attribute name="class">
        <xsl:value-of select="local-name()"/>
      </xsl:attribute>
      <xsl:apply-templates select="*[not(self::label or self::caption or self::alt-text or self::long-desc or self::permissions
        or self::attrib or self::fn)]"/>
      <xsl:if test="@xlink:href and not(graphic)"><xsl:call-template name="file"/></xsl:if>
      <xsl:if test="label or caption or attrib or permissions or fn">
        <figcaption>
          <xsl:call-template name="caption"/>
          <xsl:apply-templates select="attrib | permissions | fn"/>
        </figcaption>
      </xsl:if>
    </figure>
  </xsl:template>

  <!-- A file that goes with the article: its name, linked where that is safe. -->
  <xsl:template name="file">
    <xsl:variable name="href" select="j:href(string(@xlink:href))"/>
    <p class="file">
      <xsl:choose>
        <xsl:when test="$href"><a href="{$href}"><xsl:value-of select="@xlink:href"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@xlink:href"/></xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

  <!-- Label and caption on one line; captions in other languages beneath. -->
  <xsl:template name="caption">
    <xsl:if test="not(caption) and label">
      <p><xsl:apply-templates select="label" mode="float"/></p>
    </xsl:if>
    <xsl:for-each select="caption">
      <div class="caption">
        <xsl:call-template name="lang"/>
        <xsl:variable name="first" select="position() = 1"/>
        <xsl:for-each select="title[normalize-space()] | p">
          <p>
            <xsl:call-template name="lang"/>
            <xsl:if test="self::title"><xsl:attribute name="class">caption-title</xsl:attribute></xsl:if>
            <xsl:if test="$first and position() = 1">
              <xsl:apply-templates select="../../label" mode="float"/>
            </xsl:if>
            <xsl:apply-templates/>
          </p>
        </xsl:for-each>
        <xsl:if test="$first and not(title[normalize-space()] | p)">
          <p><xsl:apply-templates select="../label" mode="float"/></p>
        </xsl:if>
        <xsl:apply-templates select="*[not(self::title or self::p)]"/>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="label" mode="float">
    <span class="label"><xsl:call-template name="lang"/><xsl:apply-templates/></span><xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="graphic | inline-graphic">
    <img src="{@xlink:href}">
      <xsl:call-template name="id"/>
      <xsl:attribute name="alt">
        <xsl:choose>
          <xsl:when test="alt-text[normalize-space()]"><xsl:value-of select="normalize-space(alt-text)"/></xsl:when>
          <xsl:when test="../alt-text[normalize-space()]"><xsl:value-of select="normalize-space(../alt-text)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="normalize-space((../label | parent::alternatives/../label)[1])"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="self::inline-graphic"><xsl:attribute name="class">inline</xsl:attribute></xsl:if>
    </img>
    <xsl:apply-templates select="caption"/>
  </xsl:template>

  <!-- Of alternatives the best for a page: MathML, a table that is text, then an image. -->
  <xsl:template match="alternatives">
    <xsl:choose>
      <xsl:when test="mml:math"><xsl:apply-templates select="mml:math"/></xsl:when>
      <xsl:when test="table"><xsl:apply-templates select="table"/></xsl:when>
      <xsl:when test="tex-math"><xsl:apply-templates select="tex-math"/></xsl:when>
      <xsl:when test="graphic | inline-graphic"><xsl:apply-templates select="(graphic | inline-graphic)[1]"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="*[1]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="disp-formula">
    <div class="formula">
      <xsl:call-template name="id"/>
      <div class="formula-body" tabindex="0"><xsl:apply-templates select="node()[not(self::label)]"/></div>
      <xsl:for-each select="label"><span class="formula-label"><xsl:apply-templates/></span></xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template match="inline-formula">
    <span class="math"><xsl:call-template name="id"/><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="tex-math">
    <code class="tex"><xsl:value-of select="."/></code>
  </xsl:template>

  <!-- MathML as HTML wants it: no prefixes, and no attribute that could run or fetch anything. -->
  <xsl:template match="mml:math">
    <math>
      <xsl:if test="ancestor::disp-formula"><xsl:attribute name="display">block</xsl:attribute></xsl:if>
      <xsl:apply-templates select="@*[local-name() != 'display' or not(ancestor::disp-formula)]" mode="math"/>
      <xsl:apply-templates mode="math"/>
    </math>
  </xsl:template>

  <xsl:template match="mml:*" mode="math">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*" mode="math"/>
      <xsl:apply-templates mode="math"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="mml:annotation | mml:annotation-xml | mml:maction[@actiontype != 'toggle'] | mml:mglyph" mode="math"/>
  <xsl:template match="mml:semantics" mode="math" priority="1"><xsl:apply-templates select="*[1]" mode="math"/></xsl:template>
  <xsl:template match="*" mode="math" priority="-1"><xsl:apply-templates mode="math"/></xsl:template>
  <xsl:template match="@*" mode="math"/>
  <xsl:template mode="math" match="@display | @mathvariant | @stretchy | @fence | @separator | @form | @accent | @accentunder |
    @columnalign | @rowalign | @columnspacing | @rowspacing | @columnlines | @rowlines | @columnspan | @rowspan | @linethickness |
    @lspace | @rspace | @width | @height | @depth | @notation | @open | @close | @separators | @movablelimits | @largeop |
    @minsize | @maxsize | @symmetric | @displaystyle | @scriptlevel | @frame | @dir">
    <xsl:attribute name="{local-name()}"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <!-- Tables. -->
  <xsl:template match="table-wrap">
    <figure class="table-wrap">
      <xsl:call-template name="id"/>
      <xsl:apply-templates select="table | alternatives | disp-quote | p | list | array | graphic"/>
      <xsl:apply-templates select="table-wrap-foot"/>
      <xsl:apply-templates select="attrib | permissions"/>
    </figure>
  </xsl:template>

  <xsl:template match="table-wrap-foot">
    <div class="table-foot"><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="table-wrap-foot//fn">
    <div class="note">
      <xsl:call-template name="id"/>
      <xsl:for-each select="label"><sup class="mark"><xsl:value-of select="j:label(.)"/></sup></xsl:for-each>
      <xsl:apply-templates select="*[not(self::label)]"/>
    </div>
  </xsl:template>

  <xsl:template match="table">
    <xsl:variable name="wrap" select="ancestor::table-wrap[1]"/>
    <div class="scroll" role="group" tabindex="0">
      <xsl:attribute name="aria-label">
        <xsl:choose>
          <xsl:when test="$wrap/label"><xsl:value-of select="normalize-space($wrap/label)"/></xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="j:word('table', string(ancestor-or-self::*[@xml:lang][1]/@xml:lang))"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <table>
        <xsl:call-template name="id"/>
        <xsl:for-each select="$wrap[(label or caption) and count(.//table) = 1]">
          <caption><xsl:call-template name="caption"/></caption>
        </xsl:for-each>
        <xsl:apply-templates select="*"/>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="thead | tbody | tfoot | tr">
    <xsl:if test="*"><xsl:element name="{local-name()}"><xsl:call-template name="id"/><xsl:apply-templates select="*"/></xsl:element></xsl:if>
  </xsl:template>

  <xsl:template match="col | colgroup"/>

  <!-- A heading without text heads nothing: it is an ordinary cell. -->
  <xsl:template match="td | th">
    <xsl:variable name="head" select="self::th and (normalize-space() or .//graphic or .//inline-graphic)"/>
    <xsl:element name="t{substring('hd', 2 - $head, 1)}">
      <xsl:call-template name="id"/>
      <xsl:for-each select="@colspan[. &gt; 1] | @rowspan[. &gt; 1]">
        <xsl:attribute name="{local-name()}"><xsl:value-of select="number()"/></xsl:attribute>
      </xsl:for-each>
      <xsl:if test="contains(' left right center ', concat(' ', @align, ' '))">
        <xsl:attribute name="class"><xsl:value-of select="@align"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="$head">
        <xsl:attribute name="scope">
          <xsl:choose>
            <xsl:when test="ancestor::thead">col<xsl:if test="@colspan &gt; 1">group</xsl:if></xsl:when>
            <xsl:otherwise>row</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
