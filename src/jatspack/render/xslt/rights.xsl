<?xml version="1.0" encoding="UTF-8"?>
<!-- Who paid, identifiers, copyright and licence. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="urn:jatspack:render"
                xmlns:xlink="http://www.w3.org/1999/xlink" exclude-result-prefixes="j xlink">
  <!-- What the article's own sections do not say already: a statement, or the awards of which no statement speaks. -->
  <xsl:template name="funding">
    <xsl:variable name="printed" select="normalize-space(concat(/article/back, ' ', $meta/author-notes))"/>
    <xsl:variable name="statements"
                  select="$meta/funding-group/funding-statement[not(contains($printed, normalize-space()))]"/>
    <xsl:variable name="awards" select="$meta/funding-group/award-group[not(contains(concat($printed, ' ',
      normalize-space($meta/funding-group)), normalize-space(award-id))) or not($meta/funding-group/funding-statement)]
      [normalize-space(concat(funding-source, award-id))]"/>
    <xsl:if test="$statements or $awards">
      <div class="funding">
        <span class="what"><xsl:value-of select="j:word('funding', $lang)"/></span>
        <xsl:text> </xsl:text>
        <xsl:for-each select="$statements">
          <p><xsl:call-template name="id"/><xsl:apply-templates/></p>
        </xsl:for-each>
        <xsl:for-each select="$awards">
          <p>
            <xsl:call-template name="id"/>
            <xsl:for-each select="funding-source | award-id">
              <xsl:if test="position() &gt; 1">, </xsl:if>
              <span><xsl:call-template name="lang"/><xsl:value-of select="j:text(.)"/></span>
            </xsl:for-each>
          </p>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Identifiers that the masthead does not show. -->
  <xsl:template name="identifiers">
    <xsl:variable name="ids" select="$journal/issn[normalize-space()] |
      $meta/article-id[@pub-id-type and @pub-id-type != 'doi'][normalize-space()]"/>
    <xsl:if test="$ids">
      <ul class="identifiers screen">
        <xsl:for-each select="$ids">
          <li>
            <span class="what">
              <xsl:choose>
                <xsl:when test="self::issn">ISSN</xsl:when>
                <xsl:when test="@pub-id-type = 'publisher-id'"><xsl:value-of select="j:word('publisher-id', $lang)"/></xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="translate(@pub-id-type, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')"/>
                </xsl:otherwise>
              </xsl:choose>
            </span>
            <xsl:text> </xsl:text>
            <xsl:choose>
              <xsl:when test="self::issn"><xsl:value-of select="normalize-space()"/></xsl:when>
              <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <xsl:template name="rights">
    <xsl:if test="$meta/permissions or $journal/issn[normalize-space()]">
      <footer class="rights">
        <xsl:call-template name="identifiers"/>
        <xsl:for-each select="$meta/permissions/copyright-statement">
          <p><xsl:call-template name="lang"/><xsl:apply-templates/></p>
        </xsl:for-each>
        <xsl:if test="not($meta/permissions/copyright-statement) and $meta/permissions/copyright-holder">
          <p>© <xsl:value-of select="$meta/permissions/copyright-year"/><xsl:text> </xsl:text>
            <xsl:value-of select="$meta/permissions/copyright-holder"/></p>
        </xsl:if>
        <xsl:for-each select="$meta/permissions/license">
          <xsl:apply-templates select="(license-p | p)[normalize-space() != normalize-space($meta/permissions/copyright-statement)]"/>
          <xsl:variable name="href" select="j:href(string(@xlink:href))"/>
          <xsl:if test="$href and not(.//*[@xlink:href = current()/@xlink:href])">
            <p><a rel="license" href="{$href}">
              <xsl:choose>
                <xsl:when test="license-p or p"><xsl:value-of select="@xlink:href"/></xsl:when>
                <xsl:otherwise>
                  <xsl:value-of select="j:word('licence', $lang)"/>: <xsl:value-of select="@xlink:href"/>
                </xsl:otherwise>
              </xsl:choose>
            </a></p>
          </xsl:if>
        </xsl:for-each>
      </footer>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
