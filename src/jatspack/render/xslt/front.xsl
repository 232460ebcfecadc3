<?xml version="1.0" encoding="UTF-8"?>
<!-- Front matter: one block for the article's own language, then one for each other language. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <!-- One node for each other language: the first that carries it, in the document's order. -->
  <xsl:key name="front-lang" use="@xml:lang"
           match="article-meta/title-group/trans-title-group | article-meta/trans-abstract | article-meta/kwd-group"/>
  <xsl:variable name="other-languages" select="$meta/*[self::title-group or self::trans-abstract or self::kwd-group]
    /descendant-or-self::*[self::trans-title-group or self::trans-abstract or self::kwd-group]
    [@xml:lang != $lang][count(. | key('front-lang', @xml:lang)[1]) = 1]"/>

  <xsl:template match="front">
    <header class="front">
      <xsl:call-template name="masthead"/>
      <xsl:apply-templates select="article-meta/article-categories" mode="subjects"/>
      <xsl:call-template name="language-switch"/>
      <xsl:if test="article-meta/title-group/article-title">
        <h1 class="title">
          <xsl:call-template name="capitals"><xsl:with-param name="title" select="article-meta/title-group/article-title"/></xsl:call-template>
          <xsl:apply-templates select="article-meta/title-group/article-title/node()"/>
          <xsl:for-each select="article-meta/title-group/subtitle">
            <span class="subtitle"><xsl:call-template name="lang"/><xsl:apply-templates/></span>
          </xsl:for-each>
        </h1>
      </xsl:if>
      <xsl:call-template name="people"/>
      <xsl:apply-templates select="article-meta/author-notes"/>
      <xsl:call-template name="history"/>
      <div class="cite screen"/>
    </header>
    <xsl:apply-templates select="article-meta/abstract"/>
    <xsl:if test="not(article-meta/abstract)"><xsl:call-template name="own-keywords"/></xsl:if>
    <xsl:for-each select="$other-languages">
      <xsl:call-template name="other-language"/>
    </xsl:for-each>
    <xsl:apply-templates select="notes"/>
    <xsl:call-template name="funding"/>
    <xsl:call-template name="rights"/>
  </xsl:template>

  <xsl:template name="journal-title">
    <xsl:variable name="titles" select="$journal/journal-title-group/journal-title | $journal/journal-title"/>
    <xsl:choose>
      <xsl:when test="$titles[@xml:lang = $lang]"><xsl:value-of select="$titles[@xml:lang = $lang][1]"/></xsl:when>
      <xsl:when test="$journal/journal-title-group/trans-title-group[@xml:lang = $lang]">
        <xsl:value-of select="$journal/journal-title-group/trans-title-group[@xml:lang = $lang][1]/trans-title"/>
      </xsl:when>
      <xsl:when test="$titles"><xsl:value-of select="$titles[1]"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Year, volume, issue and pages as far as they are known, after the journal's title: ", 2024, 12(3), 45–57". -->
  <xsl:template name="issue-line">
    <xsl:param name="after" select="true()"/>
    <xsl:variable name="parts">
      <xsl:if test="$published/year">, <xsl:value-of select="$published/year"/></xsl:if>
      <xsl:if test="normalize-space(concat($meta/volume, $meta/issue))">, </xsl:if>
      <xsl:value-of select="$meta/volume"/>
      <xsl:if test="normalize-space($meta/issue)">(<xsl:value-of select="$meta/issue"/>)</xsl:if>
      <xsl:choose>
        <xsl:when test="normalize-space($meta/fpage)">
          <xsl:text>, </xsl:text><xsl:value-of select="$meta/fpage"/>
          <xsl:if test="$meta/lpage[normalize-space() and . != $meta/fpage]">–<xsl:value-of select="$meta/lpage"/></xsl:if>
        </xsl:when>
        <xsl:when test="normalize-space($meta/elocation-id)">, <xsl:value-of select="$meta/elocation-id"/></xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="normalize-space($parts)">
      <span class="issue"><xsl:value-of select="substring($parts, 1 + 2 * not($after))"/></span>
    </xsl:if>
  </xsl:template>

  <xsl:template name="masthead">
    <xsl:variable name="title"><xsl:call-template name="journal-title"/></xsl:variable>
    <xsl:variable name="issue">
      <xsl:call-template name="issue-line"><xsl:with-param name="after" select="boolean(normalize-space($title))"/></xsl:call-template>
    </xsl:variable>
    <xsl:if test="normalize-space(concat($title, $issue)) or $doi">
      <p class="masthead">
        <xsl:if test="normalize-space(concat($title, $issue))">
          <span class="journal">
            <xsl:if test="normalize-space($title)"><cite><xsl:value-of select="normalize-space($title)"/></cite></xsl:if>
            <xsl:copy-of select="$issue"/>
          </span>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:if test="$doi-href"><a class="doi" href="{$doi-href}">https://doi.org/<xsl:value-of select="$doi"/></a></xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- A title in capitals stays as it is printed; it can be set in a smaller size. -->
  <xsl:template name="capitals">
    <xsl:param name="title"/>
    <xsl:if test="j:capitals(j:text($title))"><xsl:attribute name="class">title capitals</xsl:attribute></xsl:if>
  </xsl:template>

  <!-- Section of the journal, and classification codes. -->
  <xsl:template match="article-categories" mode="subjects">
    <xsl:variable name="subjects" select="subj-group[not(subj-group)]/subject[normalize-space()]"/>
    <xsl:if test="$subjects">
      <ul class="subjects">
        <xsl:for-each select="$subjects">
          <li>
            <xsl:call-template name="lang">
              <xsl:with-param name="own" select="string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
              <xsl:with-param name="around" select="$lang"/>
            </xsl:call-template>
            <xsl:variable name="code" select="j:code(string(../@subj-group-type), $lang, string(.))"/>
            <xsl:if test="$code"><span class="code"><xsl:value-of select="$code"/></span><xsl:text> </xsl:text></xsl:if>
            <xsl:apply-templates/>
          </li>
          <xsl:text> </xsl:text>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- Received, revised, accepted, published. -->
  <xsl:template name="history">
    <xsl:variable name="dates" select="($meta/history/date | $meta/pub-history/event/date)[normalize-space()]"/>
    <xsl:if test="$dates or $published">
      <ul class="history">
        <xsl:for-each select="$dates"><xsl:call-template name="history-date"/></xsl:for-each>
        <xsl:for-each select="$published">
          <xsl:call-template name="history-date"><xsl:with-param name="type">pub</xsl:with-param></xsl:call-template>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <xsl:template name="history-date">
    <xsl:param name="type" select="@date-type"/>
    <li>
      <span class="what"><xsl:value-of select="j:word(concat('date-', $type), $lang)"/></span>
      <xsl:text> </xsl:text>
      <time>
        <xsl:if test="j:iso(.)"><xsl:attribute name="datetime"><xsl:value-of select="j:iso(.)"/></xsl:attribute></xsl:if>
        <xsl:choose>
          <xsl:when test="string-date"><xsl:value-of select="string-date"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="j:date(., $lang)"/></xsl:otherwise>
        </xsl:choose>
      </time>
    </li>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- Abstracts. In the own block keywords follow the last abstract of that language. -->
  <xsl:template match="article-meta/abstract | article-meta/trans-abstract">
    <xsl:param name="level" select="2"/>
    <section class="abstract">
      <xsl:call-template name="id"/>
      <xsl:call-template name="heading">
        <xsl:with-param name="level" select="$level"/>
        <xsl:with-param name="word" select="'abstract'"/>
      </xsl:call-template>
      <xsl:apply-templates select="*[not(self::label or self::title)]">
        <xsl:with-param name="level" select="$level + 1"/>
      </xsl:apply-templates>
      <xsl:if test="self::abstract and not(following-sibling::abstract)">
        <xsl:call-template name="own-keywords"/>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="own-keywords">
    <xsl:apply-templates select="$meta/kwd-group[not(@xml:lang) or @xml:lang = $lang]"/>
  </xsl:template>

  <xsl:template match="kwd-group">
    <div class="keywords">
      <xsl:call-template name="id"/>
      <xsl:variable name="of" select="string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
      <span class="what">
        <xsl:choose>
          <xsl:when test="title[normalize-space()]"><xsl:value-of select="j:label(title)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="j:word('keywords', $of)"/></xsl:otherwise>
        </xsl:choose>
      </span>
      <ul>
        <xsl:for-each select=".//kwd | .//compound-kwd">
          <li><xsl:call-template name="lang"/><xsl:apply-templates/></li>
        </xsl:for-each>
      </ul>
    </div>
  </xsl:template>

  <!-- The front matter once more in another language; the context node carries that language. -->
  <xsl:template name="other-language">
    <xsl:variable name="of" select="string(@xml:lang)"/>
    <xsl:variable name="titles" select="$meta/title-group/trans-title-group[@xml:lang = $of]"/>
    <xsl:variable name="abstracts" select="$meta/trans-abstract[@xml:lang = $of]"/>
    <xsl:element name="{substring('sectiondiv', 1 + 7 * not($titles | $abstracts), 7)}">
      <xsl:attribute name="class">translation n<xsl:value-of select="position()"/></xsl:attribute>
      <xsl:attribute name="lang"><xsl:value-of select="$of"/></xsl:attribute>
      <xsl:if test="j:dir($of) != j:dir($lang)">
        <xsl:attribute name="dir"><xsl:value-of select="j:dir($of)"/></xsl:attribute>
      </xsl:if>
      <xsl:for-each select="$titles">
        <h2 class="title">
          <xsl:call-template name="capitals"><xsl:with-param name="title" select="trans-title"/></xsl:call-template>
          <xsl:apply-templates select="trans-title/node()"/>
          <xsl:for-each select="trans-subtitle"><span class="subtitle"><xsl:apply-templates/></span></xsl:for-each>
        </h2>
      </xsl:for-each>
      <xsl:call-template name="people">
        <xsl:with-param name="of" select="$of"/>
      </xsl:call-template>
      <xsl:apply-templates select="$abstracts">
        <xsl:with-param name="level" select="2 + boolean($titles)"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="$meta/kwd-group[@xml:lang = $of]"/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
