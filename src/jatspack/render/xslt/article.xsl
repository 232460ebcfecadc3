<?xml version="1.0" encoding="UTF-8"?>
<!-- JATS Publishing to one HTML page. Included files: head (metadata), front, languages, rights, people, cards, body,
     floats, inline, back, references. What has the class "screen" is for screens only. Functions of the namespace j are in jatspack.render.functions. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <xsl:include href="head.xsl"/>
  <xsl:include href="front.xsl"/>
  <xsl:include href="languages.xsl"/>
  <xsl:include href="rights.xsl"/>
  <xsl:include href="people.xsl"/>
  <xsl:include href="cards.xsl"/>
  <xsl:include href="body.xsl"/>
  <xsl:include href="floats.xsl"/>
  <xsl:include href="inline.xsl"/>
  <xsl:include href="back.xsl"/>
  <xsl:include href="references.xsl"/>
  <xsl:output method="html" encoding="UTF-8" indent="no"/>

  <!-- The article's language and metadata, wherever a template is. -->
  <xsl:variable name="lang" select="string(/article/@xml:lang)"/>
  <xsl:variable name="meta" select="/article/front/article-meta"/>
  <xsl:variable name="journal" select="/article/front/journal-meta"/>
  <xsl:key name="id" match="*[@id]" use="@id"/>

  <xsl:template match="/">
    <xsl:apply-templates select="article"/>
  </xsl:template>

  <xsl:template match="/article">
    <html>
      <xsl:if test="$lang">
        <xsl:attribute name="lang"><xsl:value-of select="$lang"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="j:dir($lang) = 'rtl'">
        <xsl:attribute name="dir">rtl</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="head"/>
      <body>
        <a class="skip" href="#text"><xsl:value-of select="j:word('skip', $lang)"/></a>
        <xsl:call-template name="running-heads"/>
        <div class="page">
          <xsl:call-template name="contents"/>
          <main id="text">
            <article>
              <xsl:apply-templates select="front"/>
              <xsl:apply-templates select="body"/>
              <xsl:apply-templates select="floats-group"/>
              <xsl:apply-templates select="back"/>
              <xsl:call-template name="end-notes"/>
              <xsl:apply-templates select="sub-article | response"/>
            </article>
          </main>
        </div>
      </body>
    </html>
  </xsl:template>

  <!-- What a page's head says; read by the print themes only. -->
  <xsl:template name="running-heads">
    <xsl:variable name="short" select="$meta/title-group/alt-title[@alt-title-type = 'running-head' or
      @alt-title-type = 'right-running' or @alt-title-type = 'running' or @alt-title-type = 'short'][1]"/>
    <div class="running" hidden="hidden">
      <span class="running-title">
        <xsl:choose>
          <xsl:when test="$short"><xsl:value-of select="normalize-space($short)"/></xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="j:shorten(j:text($meta/title-group/article-title), 78)"/>
          </xsl:otherwise>
        </xsl:choose>
      </span>
      <span class="running-authors"><xsl:value-of select="j:byline($meta/contrib-group[1], $lang)"/></span>
      <span class="running-journal">
        <xsl:variable name="title"><xsl:call-template name="journal-title"/></xsl:variable>
        <xsl:value-of select="$title"/>
        <xsl:call-template name="issue-line"><xsl:with-param name="after" select="boolean(normalize-space($title))"/></xsl:call-template>
      </span>
    </div>
  </xsl:template>

  <!-- Contents: the headings of body and back. -->
  <xsl:template name="contents">
    <xsl:variable name="entries" select="body/sec[title[normalize-space()]] | back/ack | back/sec[title] |
      back/app-group/app[title] | back/app[title] | back/glossary[title] | back/notes[title] | back/ref-list"/>
    <xsl:if test="count($entries) &gt; 1">
      <nav class="contents" aria-labelledby="_contents">
        <details>
          <summary id="_contents"><xsl:value-of select="j:word('contents', $lang)"/></summary>
          <ol>
            <xsl:apply-templates select="$entries" mode="contents"/>
          </ol>
        </details>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="contents">
    <li>
      <a>
        <xsl:attribute name="href">#<xsl:apply-templates select="." mode="id"/></xsl:attribute>
        <xsl:call-template name="lang"/>
        <xsl:if test="label[normalize-space()]">
          <span class="label"><xsl:value-of select="label"/></span><xsl:text> </xsl:text>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="title[normalize-space()]"><xsl:value-of select="j:text(title)"/></xsl:when>
          <xsl:when test="self::ack"><xsl:value-of select="j:word('acknowledgements', $lang)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="j:word('references', $lang)"/></xsl:otherwise>
        </xsl:choose>
      </a>
      <xsl:if test="self::sec/sec[title[normalize-space()]]">
        <ol>
          <xsl:apply-templates select="sec[title[normalize-space()]]" mode="contents"/>
        </ol>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- An element's own id, or one from its place. -->
  <xsl:template match="*" mode="id">
    <xsl:choose>
      <xsl:when test="@id"><xsl:value-of select="@id"/></xsl:when>
      <xsl:otherwise>
        <xsl:text>_</xsl:text>
        <xsl:for-each select="ancestor-or-self::*[position() &lt; last()]">
          <xsl:value-of select="concat(substring(local-name(), 1, 1), count(preceding-sibling::*) + 1)"/>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Attributes: id, and the language where it changes (with its direction). -->
  <xsl:template name="id">
    <xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
    <xsl:call-template name="lang"/>
  </xsl:template>

  <xsl:template name="lang">
    <xsl:param name="own" select="string(@xml:lang)"/>
    <xsl:param name="around" select="string(ancestor::*[@xml:lang][1]/@xml:lang)"/>
    <xsl:if test="$own and $own != $around">
      <xsl:attribute name="lang"><xsl:value-of select="$own"/></xsl:attribute>
      <xsl:if test="j:dir($own) != j:dir($around)">
        <xsl:attribute name="dir"><xsl:value-of select="j:dir($own)"/></xsl:attribute>
      </xsl:if>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
