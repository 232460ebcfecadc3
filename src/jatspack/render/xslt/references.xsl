<?xml version="1.0" encoding="UTF-8"?>
<!-- Reference lists. A work printed in two languages: the first citation, the others beneath. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <xsl:template match="ref-list">
    <xsl:param name="level" select="2"/>
    <section class="references">
      <xsl:attribute name="id"><xsl:apply-templates select="." mode="id"/></xsl:attribute>
      <xsl:if test="not(ancestor::ref-list)"><xsl:attribute name="role">doc-bibliography</xsl:attribute></xsl:if>
      <xsl:call-template name="lang"/>
      <xsl:call-template name="heading">
        <xsl:with-param name="level" select="$level"/>
        <xsl:with-param name="word" select="substring('references', 1 div not(ancestor::ref-list))"/>
      </xsl:call-template>
      <xsl:apply-templates select="p | list"/>
      <xsl:if test="ref">
        <ol class="refs">
          <xsl:if test="not(ref/label[normalize-space()])"><xsl:attribute name="class">refs unlabelled</xsl:attribute></xsl:if>
          <xsl:apply-templates select="ref"/>
        </ol>
      </xsl:if>
      <xsl:apply-templates select="ref-list"><xsl:with-param name="level" select="$level + 1"/></xsl:apply-templates>
    </section>
  </xsl:template>

  <xsl:template match="ref">
    <li>
      <xsl:call-template name="id"/>
      <xsl:if test="label[normalize-space()] or citation-alternatives/*/label">
        <span class="label"><xsl:value-of select="normalize-space((label | citation-alternatives/*/label)[1])"/></span><xsl:text> </xsl:text>
      </xsl:if>
      <div class="ref">
        <xsl:apply-templates select="*[not(self::label)]"/>
      </div>
    </li>
  </xsl:template>

  <xsl:template match="citation-alternatives"><xsl:apply-templates/></xsl:template>

  <xsl:template match="mixed-citation | nlm-citation | ref/citation | ref/note">
    <p>
      <xsl:attribute name="class">citation<xsl:if
        test="parent::citation-alternatives and preceding-sibling::*"> other</xsl:if></xsl:attribute>
      <xsl:call-template name="id"/>
      <xsl:apply-templates select="node()[not(self::label)]"/>
    </p>
  </xsl:template>

  <xsl:template match="ref/note/p"><xsl:apply-templates/></xsl:template>

  <!-- The same citation once more without its punctuation: the printed one is enough. -->
  <xsl:template match="element-citation[../mixed-citation[string(@xml:lang) = string(current()/@xml:lang)]]" priority="2"/>

  <!-- An element-citation has no punctuation: it is set as authors (year). title. source, volume(issue), pages. -->
  <xsl:template match="element-citation">
    <p>
      <xsl:attribute name="class">citation<xsl:if
        test="parent::citation-alternatives and preceding-sibling::*"> other</xsl:if></xsl:attribute>
      <xsl:call-template name="id"/>
      <xsl:variable name="people" select="person-group | name | string-name | collab"/>
      <xsl:for-each select="$people">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:choose>
          <xsl:when test="self::person-group">
            <xsl:for-each select="*">
              <xsl:if test="position() &gt; 1">, </xsl:if>
              <xsl:choose>
                <xsl:when test="self::etal"><xsl:value-of select="j:word('et-al', $lang)"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="j:listed(.)"/></xsl:otherwise>
              </xsl:choose>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="j:listed(.)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <xsl:if test="year"> (<xsl:apply-templates select="year[1]"/>)</xsl:if>
      <xsl:for-each select="article-title | chapter-title | data-title | part-title | trans-title">
        <xsl:text>. </xsl:text><xsl:call-template name="in-citation"/>
      </xsl:for-each>
      <xsl:for-each select="source | conf-name | trans-source">
        <xsl:text>. </xsl:text><i><xsl:call-template name="in-citation"/></i>
      </xsl:for-each>
      <xsl:if test="volume or issue">, <xsl:value-of select="volume"/>
        <xsl:if test="issue">(<xsl:value-of select="issue"/>)</xsl:if>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="fpage">, <xsl:value-of select="fpage"/><xsl:if test="lpage">–<xsl:value-of select="lpage"/></xsl:if></xsl:when>
        <xsl:when test="elocation-id">, <xsl:value-of select="elocation-id"/></xsl:when>
      </xsl:choose>
      <xsl:for-each select="edition | publisher-loc | publisher-name | conf-loc | comment | date-in-citation | patent | version |
        pub-id | ext-link | uri">
        <xsl:text>. </xsl:text><xsl:apply-templates select="."/>
      </xsl:for-each>
      <xsl:text>.</xsl:text>
    </p>
  </xsl:template>

  <!-- A name has no text of its own between its parts; where white space stands there it is as printed. -->
  <xsl:template match="mixed-citation//name | nlm-citation//name">
    <span><xsl:call-template name="id"/>
      <xsl:choose>
        <xsl:when test="text()"><xsl:value-of select="normalize-space()"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="j:listed(.)"/></xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <xsl:template name="in-citation">
    <span><xsl:call-template name="id"/><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="mixed-citation//source | nlm-citation//source">
    <cite><xsl:call-template name="id"/><xsl:apply-templates/></cite>
  </xsl:template>

  <xsl:template match="pub-id | ref//object-id | article-id">
    <xsl:variable name="value" select="normalize-space()"/>
    <xsl:variable name="href">
      <xsl:choose>
        <xsl:when test="starts-with($value, 'http')"><xsl:value-of select="$value"/></xsl:when>
        <xsl:when test="@xlink:href"><xsl:value-of select="@xlink:href"/></xsl:when>
        <xsl:when test="@pub-id-type = 'doi'">https://doi.org/<xsl:value-of select="$value"/></xsl:when>
        <xsl:when test="@pub-id-type = 'pmid'">https://pubmed.ncbi.nlm.nih.gov/<xsl:value-of select="$value"/></xsl:when>
        <xsl:when test="@pub-id-type = 'arxiv'">https://arxiv.org/abs/<xsl:value-of select="$value"/></xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="link"><xsl:with-param name="href" select="j:href(string($href))"/></xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
