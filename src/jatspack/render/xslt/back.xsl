<?xml version="1.0" encoding="UTF-8"?>
<!-- Back matter, and notes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <xsl:template match="back">
    <xsl:apply-templates select="*[not(self::label or self::title or self::fn-group)]"/>
    <xsl:if test="not(bio)"><xsl:call-template name="biographies"/></xsl:if>
  </xsl:template>

  <xsl:template match="ack | app | glossary | notes | bio | back/def-list[title]">
    <xsl:param name="level" select="2"/>
    <xsl:variable name="element">
      <xsl:choose>
        <xsl:when test="title[normalize-space()] or self::ack">section</xsl:when>
        <xsl:otherwise>div</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:element name="{$element}">
      <xsl:attribute name="class"><xsl:value-of select="local-name()"/></xsl:attribute>
      <xsl:attribute name="id"><xsl:apply-templates select="." mode="id"/></xsl:attribute>
      <xsl:call-template name="lang"/>
      <xsl:call-template name="heading">
        <xsl:with-param name="level" select="$level"/>
        <xsl:with-param name="word" select="substring('acknowledgements', 1 div boolean(self::ack))"/>
      </xsl:call-template>
      <xsl:apply-templates select="*[not(self::label or self::title)]">
        <xsl:with-param name="level" select="$level + 1"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <xsl:template match="app-group">
    <xsl:apply-templates select="*[not(self::label or self::title)]"/>
  </xsl:template>

  <xsl:template name="biographies">
    <xsl:if test="$contribs/bio">
      <section class="biographies">
        <h2><xsl:value-of select="j:word('about-authors', $lang)"/></h2>
        <xsl:for-each select="$contribs/bio">
          <div class="bio">
            <xsl:call-template name="id"/>
            <xsl:apply-templates select="title" mode="run-in"/>
            <xsl:apply-templates select="*[not(self::title)]"/>
          </div>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Notes: those of the back matter and those that stand in the text, in the order of their marks. -->
  <xsl:template name="end-notes">
    <xsl:variable name="notes" select="back//fn-group/fn | body//fn[not(ancestor::table-wrap or ancestor::fn-group)] |
      front//title-group//fn | front//abstract//fn | front//trans-abstract//fn | body//fn-group/fn"/>
    <xsl:if test="$notes">
      <section class="notes" role="doc-endnotes">
        <h2>
          <xsl:choose>
            <xsl:when test="back/fn-group/title[normalize-space()]">
              <xsl:apply-templates select="back/fn-group/title[normalize-space()][1]/node()"/>
            </xsl:when>
            <xsl:otherwise><xsl:value-of select="j:word('notes', $lang)"/></xsl:otherwise>
          </xsl:choose>
        </h2>
        <ol class="labelled">
          <xsl:apply-templates select="$notes" mode="note"/>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="fn" mode="note">
    <xsl:variable name="mark"><xsl:apply-templates select="." mode="mark"/></xsl:variable>
    <li class="note">
      <xsl:attribute name="id"><xsl:apply-templates select="." mode="id"/></xsl:attribute>
      <xsl:call-template name="lang"/>
      <span class="label"><xsl:value-of select="$mark"/></span><xsl:text> </xsl:text>
      <div class="note-text"><xsl:apply-templates select="*[not(self::label)]"/></div>
    </li>
  </xsl:template>

  <xsl:template match="fn-group"/>

  <!-- An article inside the article: a translation, a reply. -->
  <xsl:template match="sub-article | response">
    <section class="sub-article">
      <xsl:call-template name="id"/>
      <xsl:variable name="inner" select="front-stub | front/article-meta"/>
      <xsl:for-each select="$inner/title-group/article-title">
        <h2 class="title"><xsl:call-template name="lang"/><xsl:apply-templates/></h2>
      </xsl:for-each>
      <xsl:if test="$inner/contrib-group/contrib">
        <ul class="authors">
          <xsl:for-each select="$inner/contrib-group/contrib">
            <li><span class="name"><xsl:value-of select="j:person(., string(ancestor::*[@xml:lang][1]/@xml:lang))"/></span></li>
          </xsl:for-each>
        </ul>
      </xsl:if>
      <xsl:for-each select="$inner/abstract | $inner/trans-abstract | $inner/kwd-group">
        <div class="abstract"><xsl:call-template name="id"/><xsl:apply-templates/></div>
      </xsl:for-each>
      <xsl:apply-templates select="body/*"><xsl:with-param name="level" select="3"/></xsl:apply-templates>
      <xsl:apply-templates select="back/*"><xsl:with-param name="level" select="3"/></xsl:apply-templates>
    </section>
  </xsl:template>

  <xsl:template match="sub-article//abstract/title | sub-article//trans-abstract/title">
    <p class="run-in"><xsl:apply-templates/></p>
  </xsl:template>
</xsl:stylesheet>
