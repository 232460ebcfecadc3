<?xml version="1.0" encoding="UTF-8"?>
<!-- Sections and the blocks in them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <xsl:template match="body">
    <div class="body"><xsl:apply-templates/></div>
  </xsl:template>

  <!-- A section without a title is a mere part: HTML's sections have headings. -->
  <xsl:template match="sec | boxed-text/sec | app/sec | ack/sec | notes/sec">
    <xsl:param name="level" select="2"/>
    <xsl:variable name="element">
      <xsl:choose>
        <xsl:when test="title[normalize-space()]">section</xsl:when>
        <xsl:otherwise>div</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:element name="{$element}">
      <xsl:attribute name="id"><xsl:apply-templates select="." mode="id"/></xsl:attribute>
      <xsl:call-template name="lang"/>
      <xsl:if test="@sec-type"><xsl:attribute name="class"><xsl:value-of select="concat('sec-', translate(@sec-type, '| ', '--'))"/></xsl:attribute></xsl:if>
      <xsl:call-template name="heading"><xsl:with-param name="level" select="$level"/></xsl:call-template>
      <xsl:apply-templates select="*[not(self::label or self::title or self::sec-meta)]">
        <xsl:with-param name="level" select="$level + boolean(title[normalize-space()])"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <!-- A heading of the context node: its label and title, or a word where it has no title. -->
  <xsl:template name="heading">
    <xsl:param name="level" select="2"/>
    <xsl:param name="word"/>
    <xsl:variable name="of" select="string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
    <xsl:if test="title[normalize-space()] or $word">
      <xsl:element name="h{$level - ($level - 6) * ($level &gt; 6)}">
        <xsl:if test="label[normalize-space()]">
          <span class="label"><xsl:apply-templates select="label/node()"/></span><xsl:text> </xsl:text>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="title[normalize-space()]">
            <xsl:for-each select="title[1]"><xsl:call-template name="lang"/></xsl:for-each>
            <xsl:apply-templates select="title[1]/node()"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="j:word(string($word), $of)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:element>
    </xsl:if>
    <xsl:if test="not(title[normalize-space()] or $word) and label[normalize-space()]">
      <p class="label"><xsl:apply-templates select="label/node()"/></p>
    </xsl:if>
  </xsl:template>

  <!-- A paragraph; one that holds blocks cannot be an HTML p. -->
  <xsl:template match="p | license-p">
    <xsl:variable name="blocks" select="list | def-list | disp-quote | disp-formula | disp-formula-group | boxed-text | fig |
      fig-group | table-wrap | table-wrap-group | preformat | code | verse-group | speech | statement | graphic | media |
      supplementary-material | chem-struct-wrap | array | alternatives/graphic"/>
    <xsl:choose>
      <xsl:when test="$blocks">
        <div class="p"><xsl:call-template name="id"/><xsl:apply-templates/></div>
      </xsl:when>
      <xsl:otherwise>
        <p><xsl:call-template name="id"/><xsl:apply-templates/></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="list">
    <xsl:variable name="labelled" select="list-item/label[normalize-space()]"/>
    <xsl:apply-templates select="label | title" mode="run-in"/>
    <xsl:choose>
      <xsl:when test="not($labelled) and contains(' order alpha-lower alpha-upper roman-lower roman-upper ',
                      concat(' ', @list-type, ' '))">
        <ol>
          <xsl:call-template name="id"/>
          <xsl:variable name="types" select="'alpha-lower=a alpha-upper=A roman-lower=i roman-upper=I '"/>
          <xsl:if test="contains($types, concat(@list-type, '='))">
            <xsl:attribute name="type">
              <xsl:value-of select="substring-before(substring-after($types, concat(@list-type, '=')), ' ')"/>
            </xsl:attribute>
          </xsl:if>
          <xsl:if test="@continued-from">
            <xsl:attribute name="start"><xsl:value-of select="count(key('id', @continued-from)/list-item) + 1"/></xsl:attribute>
          </xsl:if>
          <xsl:apply-templates select="list-item"/>
        </ol>
      </xsl:when>
      <xsl:otherwise>
        <ul>
          <xsl:call-template name="id"/>
          <xsl:choose>
            <xsl:when test="$labelled"><xsl:attribute name="class">labelled</xsl:attribute></xsl:when>
            <xsl:when test="@list-type = 'simple'"><xsl:attribute name="class">plain</xsl:attribute></xsl:when>
          </xsl:choose>
          <xsl:apply-templates select="list-item"/>
        </ul>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="list-item">
    <li>
      <xsl:call-template name="id"/>
      <xsl:if test="label[normalize-space()]">
        <span class="label"><xsl:apply-templates select="label/node()"/></span><xsl:text> </xsl:text>
      </xsl:if>
      <xsl:apply-templates select="title" mode="run-in"/>
      <xsl:apply-templates select="*[not(self::label or self::title)]"/>
    </li>
  </xsl:template>

  <xsl:template match="*" mode="run-in">
    <p class="run-in"><xsl:call-template name="lang"/><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="def-list">
    <xsl:apply-templates select="label | title" mode="run-in"/>
    <dl>
      <xsl:call-template name="id"/>
      <xsl:for-each select="def-item">
        <dt><xsl:for-each select="term"><xsl:call-template name="id"/><xsl:apply-templates/></xsl:for-each></dt>
        <xsl:for-each select="def"><dd><xsl:call-template name="id"/><xsl:apply-templates/></dd></xsl:for-each>
      </xsl:for-each>
    </dl>
    <xsl:apply-templates select="def-list"/>
  </xsl:template>

  <xsl:template match="disp-quote">
    <blockquote>
      <xsl:call-template name="id"/>
      <xsl:apply-templates select="label | title" mode="run-in"/>
      <xsl:apply-templates select="*[not(self::label or self::title)]"/>
    </blockquote>
  </xsl:template>

  <xsl:template match="attrib">
    <p class="attribution"><xsl:call-template name="id"/><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="boxed-text | statement">
    <aside class="box">
      <xsl:call-template name="id"/>
      <xsl:apply-templates select="label | title" mode="run-in"/>
      <xsl:apply-templates select="caption/title" mode="run-in"/>
      <xsl:apply-templates select="caption/p"/>
      <xsl:apply-templates select="*[not(self::label or self::title or self::caption)]"/>
    </aside>
  </xsl:template>

  <xsl:template match="verse-group">
    <div class="verse">
      <xsl:call-template name="id"/>
      <xsl:apply-templates select="label | title | subtitle" mode="run-in"/>
      <xsl:apply-templates select="*[not(self::label or self::title or self::subtitle)]"/>
    </div>
  </xsl:template>

  <xsl:template match="verse-line">
    <p class="verse-line"><xsl:call-template name="id"/><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="speech">
    <div class="speech"><xsl:call-template name="id"/><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="speaker">
    <p class="speaker"><strong><xsl:apply-templates/></strong></p>
  </xsl:template>

  <xsl:template match="preformat | code">
    <pre><xsl:call-template name="id"/><code><xsl:apply-templates/></code></pre>
  </xsl:template>

  <xsl:template match="p//code[not(contains(., '&#10;'))]" priority="1">
    <code><xsl:call-template name="id"/><xsl:apply-templates/></code>
  </xsl:template>

  <!-- Whatever else: its text, in a box of its own where it stands among blocks. -->
  <xsl:template match="*" priority="-1">
    <xsl:choose>
      <xsl:when test="parent::sec or parent::body or parent::back or parent::article-meta">
        <div><xsl:call-template name="id"/><xsl:apply-templates/></div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:choose>
          <xsl:when test="@id or @xml:lang"><span><xsl:call-template name="id"/><xsl:apply-templates/></span></xsl:when>
          <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
        </xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="processing-instruction() | comment()"/>
  <xsl:template match="sec-meta | index-term | index-term-range-end | x[not(normalize-space())] | object-id | counts | custom-meta-group"/>
</xsl:stylesheet>
